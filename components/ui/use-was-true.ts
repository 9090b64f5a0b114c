"use client";

import { useState } from "react";

/**
 * @returns whether it is or ever was true: a loaded part stays mounted, to return the focus when it closes
 */
export function useWasTrue(isTrue: boolean): boolean {
  const [wasTrue, setWasTrue] = useState(isTrue);
  if (isTrue && !wasTrue) setWasTrue(true);
  return wasTrue || isTrue;
}
