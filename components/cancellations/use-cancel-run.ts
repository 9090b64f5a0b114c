"use client";

import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { cancelRun, type CancelRunResult } from "@/lib/client/cancel-run";
import { newIdempotencyKey } from "@/lib/client/idempotency-key";
import { isOutcomeKnown } from "@/lib/client/is-outcome-known";

/** One attempt to cancel: its key outlives every end that leaves open whether the server did what was asked. */
export function useCancelRun(runId: string, onDone: (result: CancelRunResult) => void) {
  const attempt = useRef<{ reason: string; idempotencyKey: string }>(undefined);
  const mutation = useMutation({
    mutationFn: cancelRun,
    onSuccess: onDone,
    onError: (error) => {
      if (isOutcomeKnown(error)) attempt.current = undefined;
    },
    // Told that there is no network, the library would wait in silence.
    networkMode: "always",
  });

  const cancel = (reason: string) => {
    if (mutation.isPending) return;
    // A key belongs to one body: another reason is another attempt.
    if (attempt.current?.reason !== reason) attempt.current = { reason, idempotencyKey: newIdempotencyKey() };
    mutation.mutate({ id: runId, ...attempt.current });
  };
  return { cancel, isBusy: mutation.isPending, failure: mutation.error };
}
