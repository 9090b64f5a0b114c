"use client";

import { useMutation } from "@tanstack/react-query";
import type { z } from "zod";
import { ApiError, ConnectionError } from "./api-error";
import { type ApiAnswer, callApi } from "./call-api";
import { isOutcomeKnown } from "./is-outcome-known";
import { useIdempotencyKey } from "./use-idempotency-key";

type Attempt = { reason: string; idempotencyKey: string };

const RETRY_AFTER_MS = [500, 1_500, 3_000];

/**
 * An action that happens once, with a reason: `POST path {reason}`. Reuses one idempotency key across retries
 * until the outcome is known, so that a lost response can't turn into "someone else did it".
 * @param schema of the response
 * @param onDone status 201: this request did it; 200: it was already done
 */
export function useAttempt<S extends z.ZodType>(
  path: string,
  schema: S,
  onDone: (answer: ApiAnswer<z.output<S>>) => void,
) {
  const { keyFor, forget } = useIdempotencyKey();
  const mutation = useMutation({
    mutationFn: ({ reason, idempotencyKey }: Attempt) =>
      callApi(schema, path, {
        method: "POST",
        headers: { "Content-Type": "application/json", "Idempotency-Key": idempotencyKey },
        body: JSON.stringify({ reason }),
      }),
    retry: (failures, error) => failures < RETRY_AFTER_MS.length && isWorthRetrying(error),
    retryDelay: (failures) => RETRY_AFTER_MS[failures]!,
    onSuccess: onDone,
    onError: (error) => {
      // A 401 doesn't settle an earlier try whose response was lost; the key stays for after the sign-in.
      const isSessionEnd = error instanceof ApiError && error.status === 401;
      if (isOutcomeKnown(error) && !isSessionEnd) forget();
    },
    // Offline, the library would otherwise wait silently.
    networkMode: "always",
    meta: { tellsItself: true },
  });

  const submit = (reason: string) => {
    if (mutation.isPending) return;
    mutation.mutate({ reason, idempotencyKey: keyFor(reason) });
  };
  return { submit, isBusy: mutation.isPending, failure: mutation.error };
}

/** The first try may still be in flight on the server when the retry arrives. */
const isWorthRetrying = (error: unknown): boolean =>
  error instanceof ConnectionError ||
  (error instanceof ApiError && (error.status === 503 || error.has("idempotency_key_in_use")));
