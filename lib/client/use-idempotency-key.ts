"use client";

import { useRef } from "react";
import { newIdempotencyKey } from "./idempotency-key";

/**
 * One idempotency key for each body, so that resending the same request after a lost response is safe.
 * @returns `keyFor(body)`, and `forget()` to call once the outcome is known
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
