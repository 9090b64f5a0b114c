"use client";

import { useState } from "react";
import type { SecretEnd } from "./secret-ends";
import { useSecretEnd } from "./use-secret-end";

type Source<T> = { data: T | undefined; reset: () => void };

/** The rest of a response whose secret had to leave the page before its reader confirmed having it. */
export type GoneSecret<Rest> = { why: SecretEnd; rest: Rest };

/**
 * A secret shown once, such as a new key; it leaves the page when nobody is looking.
 * @param source the change that made it; its reset drops the secret
 * @param withoutSecret the part of the response that may stay, such as the new key's id
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
