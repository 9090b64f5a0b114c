import { explainMissing } from "@/lib/client/explain-missing";
import type { Delivery } from "@/lib/contract/deliveries";

export const redeliveryPath = ({ id, run_id, webhook_id }: Delivery): string =>
  webhook_id
    ? `/v1/webhooks/${webhook_id}/deliveries/${id}/redeliveries`
    : `/v1/runs/${run_id}/callback-redeliveries`;

/**
 * @param webhook the delivery's webhook; undefined for a callback
 * @returns why it can't be redelivered now, or null if it can; the server makes the final decision
 */
export function findObstacle(
  { state, cause }: Delivery,
  webhook: { isDeleted: boolean; isEnabled: boolean } | undefined,
  mayRedeliver: boolean,
): string | null {
  if (cause === "test") return "Tests can’t be repeated. Send a new one.";
  if (!mayRedeliver) return explainMissing("redeliveries", "deliveries.redeliver");
  if (webhook?.isDeleted) return "The webhook was deleted.";
  if (webhook && !webhook.isEnabled) return "The webhook is disabled.";
  return state === "pending" ? "This delivery is still pending." : null;
}
