"use client";

import { useRef } from "react";
import { newIdempotencyKey } from "./idempotency-key";

/**
 * One idempotency key for each body, so that the same request, sent again after a lost answer, is not carried out twice.
 * @returns `keyFor(body)`, and `forget()` for when the outcome is known
 */
export function useIdempotencyKey() {
  const attempt = useRef<{ body: string; key: string }>(undefined);
  return {
    keyFor: (body: unknown): string => {
      const text = JSON.stringify(body);
      if (attempt.current?.body !== text) attempt.current = { body: text, key: newIdempotencyKey() };
      return attempt.current.key;
    },
    forget: () => void (attempt.current = undefined),
  };
}
