import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { UpdateWebhookBody, Webhook } from "@/lib/contract/webhooks";
import type { Db } from "@/lib/platform/db/client";
import { targetRules } from "@/lib/platform/outbound/target-rules";
import { checkTargetUrl } from "@/lib/platform/outbound/target-url";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { getWebhook } from "./get-webhook";

type UpdateWebhook = { caller: Caller; context: RequestContext; webhookId: string; body: UpdateWebhookBody };

/**
 * Changes only the given fields. Pending deliveries keep their original URL.
 * @throws Refusal WEBHOOK_NOT_FOUND
 * @throws Refusal VALIDATION_ERROR for a URL that may not be called
 */
export async function updateWebhook(
  db: Db,
  { caller, context, webhookId, body }: UpdateWebhook,
): Promise<Webhook> {
  if (body.url !== undefined) checkTargetUrl(body.url, "url", targetRules());
  return db.$transaction(async (tx) => {
    const { id } = await getWebhook(tx, caller.reach, webhookId);
    await tx.$queryRaw`SELECT FROM webhooks WHERE id = ${id}::uuid FOR UPDATE`;
    const before = await getWebhook(tx, caller.reach, id);
    const wish = { ...before, ...body, event_types: [...new Set(body.event_types ?? before.event_types)] };
    const names = ["url", "event_types", "description", "is_enabled"] as const;
    const changed = names.filter((name) => JSON.stringify(wish[name]) !== JSON.stringify(before[name]));
    if (changed.length === 0) return before;
    const { url, event_types: eventTypes, description, is_enabled: isEnabled } = wish;
    await tx.webhook.updateMany({
      where: { id },
      data: { url, eventTypes, description, isEnabled, updatedAt: new Date() },
    });
    const meta = { changes: Object.fromEntries(changed.map((name) => [name, [before[name], wish[name]]])) };
    const target = { type: "webhook", id, label: wish.url } as const;
    await writeEntry(tx, { caller, context, orgId: before.org_id, action: "webhook.updated", target, meta });
    return getWebhook(tx, caller.reach, id);
  });
}
