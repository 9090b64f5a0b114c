"use client";

import { useMutation } from "@tanstack/react-query";
import { ApiError } from "@/lib/client/api-error";
import type { Outcome } from "./verify-outcome";

const UNSAFE = "Nothing was verified: browsers compute hashes only on pages served over HTTPS.";

/** Verifies on request, and loads the code for it then. A failure to verify is an outcome, too. */
export function useVerification(verify: () => Promise<Outcome>) {
  const { mutate, data, isPending } = useMutation({
    mutationFn: async (): Promise<Outcome> => {
      if (!globalThis.isSecureContext) return { tone: "warn", verdict: UNSAFE, details: [] };
      try {
        return await verify();
      } catch (error) {
        return { tone: "danger", verdict: explain(error), details: [] };
      }
    },
    // Otherwise the query would wait silently while offline.
    networkMode: "always",
  });
  return { start: () => mutate(), outcome: isPending ? undefined : data, isPending };
}

function explain(error: unknown): string {
  if (error instanceof ApiError)
    return `Nothing was verified. ${error.message} Request ID ${error.requestId}.`;
  return "Nothing was verified: the proof didn’t arrive or couldn’t be read. Try again.";
}
