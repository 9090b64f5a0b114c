"use client";

import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { ConnectionError } from "@/lib/client/api-error";
import { cancelRun, type CancelRunResult } from "@/lib/client/cancel-run";
import { newIdempotencyKey } from "@/lib/client/idempotency-key";

/** One attempt to cancel: its key outlives a lost connection, as the server may have done what was asked. */
export function useCancelRun(runId: string, onDone: (result: CancelRunResult) => void) {
  const attempt = useRef<{ reason: string; idempotencyKey: string }>(undefined);
  const mutation = useMutation({
    mutationFn: cancelRun,
    onSuccess: onDone,
    onError: (error) => {
      if (!(error instanceof ConnectionError)) attempt.current = undefined;
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
