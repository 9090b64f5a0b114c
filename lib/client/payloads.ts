import type { PayloadReveal } from "@/lib/contract/payloads";
import { send } from "./send";

/** What stands in the place of a value that is masked. */
export const MASK = "•••";

/** Reveals a run's payloads to the person who is signed in, for a while. */
export const revealPayload = (runId: string, reason: string): Promise<PayloadReveal> =>
  send(async () => (await import("@/lib/contract/payloads")).PayloadReveal, {
    method: "POST",
    path: `/v1/admin/runs/${runId}/payload-reveals`,
    body: { reason },
  });
