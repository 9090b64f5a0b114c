"use client";

import { useMutation } from "@tanstack/react-query";
import { ApiError, ConnectionError } from "./api-error";
import { isOutcomeKnown } from "./is-outcome-known";
import { useIdempotencyKey } from "./use-idempotency-key";

const RETRY_AFTER_MS = [500, 1_500, 3_000];

/**
 * An action that happens once. Reuses one idempotency key across retries until the outcome is known, so that
 * a lost response can't turn into "someone else did it".
 */
export function useOnce<Input, Output>(
  send: (input: Input, idempotencyKey: string) => Promise<Output>,
  onDone: (output: Output) => void,
) {
  const { keyFor, forget } = useIdempotencyKey();
  const mutation = useMutation({
    mutationFn: ({ input, key }: { input: Input; key: string }) => send(input, key),
    retry: (failures, error) => failures < RETRY_AFTER_MS.length && isWorthRetrying(error),
    retryDelay: (failures) => RETRY_AFTER_MS[failures]!,
    onSuccess: (output) => {
      forget();
      onDone(output);
    },
    onError: (error) => {
      // A 401 doesn't settle an earlier try whose response was lost; the key stays for after the sign-in.
      const isSessionEnd = error instanceof ApiError && error.status === 401;
      if (isOutcomeKnown(error) && !isSessionEnd) forget();
    },
    // Offline, the library would otherwise wait silently.
    networkMode: "always",
    meta: { showsOutcome: true },
  });
  const submit = (input: Input) => {
    if (!mutation.isPending) mutation.mutate({ input, key: keyFor(input ?? null) });
  };
  return { submit, isBusy: mutation.isPending, failure: mutation.error, reset: mutation.reset };
}

/** The first try may still be in flight on the server when the retry arrives. */
const isWorthRetrying = (error: unknown): boolean =>
  error instanceof ConnectionError ||
  (error instanceof ApiError && (error.status === 503 || error.has("idempotency_key_in_use")));
