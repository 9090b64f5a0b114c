"use client";

import { useMutation } from "@tanstack/react-query";
import { ApiError } from "@/lib/client/api-error";
import type { Outcome } from "./verify-outcome";

const UNSAFE = "This page did not come over HTTPS, so this browser computes no hashes for it.";

/** Verifies when it is asked to; what that takes is loaded then. Whatever keeps it from being done is an outcome, too. */
export function useVerification(verify: () => Promise<Outcome>) {
  const { mutate, data, isPending } = useMutation({
    mutationFn: async (): Promise<Outcome> => {
      if (!globalThis.isSecureContext) return { tone: "warn", sentences: [UNSAFE] };
      try {
        return await verify();
      } catch (error) {
        return { tone: "danger", sentences: [explain(error)] };
      }
    },
    // Told that there is no network, the library would wait in silence.
    networkMode: "always",
  });
  return { start: () => mutate(), outcome: isPending ? undefined : data, isPending };
}

function explain(error: unknown): string {
  if (error instanceof ApiError)
    return `Nothing was verified. ${error.message} Request id ${error.requestId}.`;
  return "Nothing was verified: the answer did not come or could not be read. Try again.";
}
