"use client";

import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { newIdempotencyKey } from "./idempotency-key";
import { isOutcomeKnown } from "./is-outcome-known";

/** What was decided, and the key under which it is asked for as often as it takes. */
export type Attempt = { reason: string; idempotencyKey: string };

/** One attempt at what is done once: its key outlives every end that leaves open whether the server did what was asked. */
export function useAttempt<Result>(
  ask: (attempt: Attempt) => Promise<Result>,
  onDone: (result: Result) => void,
) {
  const attempt = useRef<Attempt>(undefined);
  const mutation = useMutation({
    mutationFn: ask,
    onSuccess: onDone,
    onError: (error) => {
      if (isOutcomeKnown(error)) attempt.current = undefined;
    },
    // Told that there is no network, the library would wait in silence.
    networkMode: "always",
  });

  const submit = (reason: string) => {
    if (mutation.isPending) return;
    // A key belongs to one body: another reason is another attempt.
    if (attempt.current?.reason !== reason) attempt.current = { reason, idempotencyKey: newIdempotencyKey() };
    mutation.mutate(attempt.current);
  };
  return { submit, isBusy: mutation.isPending, failure: mutation.error };
}
