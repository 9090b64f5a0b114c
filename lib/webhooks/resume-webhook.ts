import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { ResumedWebhook } from "@/lib/contract/webhooks";
import { countWaiting } from "@/lib/deliveries/count-waiting";
import type { Db } from "@/lib/platform/db/client";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { getWebhook } from "./get-webhook";

type ResumeWebhook = { caller: Caller; context: RequestContext; webhookId: string };

/**
 * Closes the circuit breaker of the webhook's endpoint and sends its waiting deliveries now, including
 * callbacks to the same host.
 * @returns `hasChanged` false if it wasn't paused and nothing was waiting
 * @throws Refusal WEBHOOK_NOT_FOUND
 */
export function resumeWebhook(
  db: Db,
  { caller, context, webhookId }: ResumeWebhook,
): Promise<{ hasChanged: boolean; webhook: ResumedWebhook }> {
  return db.$transaction(async (tx) => {
    const webhook = await getWebhook(tx, caller.reach, webhookId);
    const { id, org_id: orgId, url, paused_until } = webhook;
    const hasChanged = paused_until !== null || (await countWaiting(tx, { orgId, url })) > 0;
    if (!hasChanged) return { hasChanged, webhook: { ...webhook, sent_count: 0 } };
    const [resumed] = await tx.$queryRaw<{ sent: number }[]>`
      SELECT resume_endpoint(${orgId}::uuid, origin_of(${url})) AS sent`;
    const { sent } = resumed!;
    const changes = paused_until ? { paused_until: [paused_until, null] } : {};
    const target = { type: "webhook", id, label: url } as const;
    const meta = { changes, sent_count: sent };
    await writeEntry(tx, { caller, context, orgId, action: "webhook.updated", target, meta });
    return { hasChanged, webhook: { ...(await getWebhook(tx, caller.reach, id)), sent_count: sent } };
  });
}
