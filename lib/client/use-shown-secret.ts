"use client";

import { useState } from "react";
import type { SecretEnd } from "./secret-ends";
import { useSecretEnd } from "./use-secret-end";

type Source<T> = { data: T | undefined; reset: () => void };

/** What is left of a secret that had to leave the page before its reader said that they have it. */
export type GoneSecret<Rest> = { why: SecretEnd; rest: Rest };

/**
 * A secret that is shown this once, such as a new key: here for as long as someone may be looking at it.
 * @param source the change that made it; reset, it holds nothing any more
 * @param withoutSecret what of the answer may stay, such as the new thing's id
 */
export function useShownSecret<T, Rest>({ data, reset }: Source<T>, withoutSecret: (data: T) => Rest) {
  const [gone, setGone] = useState<GoneSecret<Rest>>();
  useSecretEnd(data !== undefined, (why) => {
    if (data !== undefined) setGone({ why, rest: withoutSecret(data) });
    reset();
  });
  const forget = () => {
    setGone(undefined);
    reset();
  };
  return { shown: data, gone, forget };
}
