"use client";

import type { z } from "zod";
import { type ApiAnswer, callApi } from "./call-api";
import { useOnce } from "./use-once";

/**
 * An action that happens once, with a reason: `POST path {reason}`.
 * @param schema of the response
 * @param onDone status 201: this request did it; 200: it was already done
 */
export function useAttempt<S extends z.ZodType>(
  path: string,
  schema: S,
  onDone: (answer: ApiAnswer<z.output<S>>) => void,
) {
  return useOnce(
    (reason: string, idempotencyKey) =>
      callApi(schema, path, {
        method: "POST",
        headers: { "Content-Type": "application/json", "Idempotency-Key": idempotencyKey },
        body: JSON.stringify({ reason }),
      }),
    onDone,
  );
}
