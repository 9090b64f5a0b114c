import type { PayloadReveal } from "@/lib/contract/payloads";
import { send } from "./send";

/** Replaces a masked value. */
export const MASK = "•••";

/** Reveals a run's payloads to the signed-in user for a limited time. */
export const revealPayload = (runId: string, reason: string): Promise<PayloadReveal> =>
  send(async () => (await import("@/lib/contract/payloads")).PayloadReveal, {
    method: "POST",
    path: `/v1/admin/runs/${runId}/payload-reveals`,
    body: { reason },
  });
