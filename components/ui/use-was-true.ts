"use client";

import { useState } from "react";

/** @returns whether something is or has been so: what was loaded once stays, and can give the focus back when it closes */
export function useWasTrue(isTrue: boolean): boolean {
  const [wasTrue, setWasTrue] = useState(isTrue);
  if (isTrue && !wasTrue) setWasTrue(true);
  return wasTrue || isTrue;
}
