import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { Webhook } from "@/lib/contract/webhooks";
import type { Db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { getWebhook } from "./get-webhook";

type DeleteWebhook = { caller: Caller; context: RequestContext; webhookId: string };

/**
 * Deletes a webhook. Its deliveries stay readable, and pending ones are still sent.
 * @returns the webhook before deletion
 * @throws Refusal WEBHOOK_NOT_FOUND, also for the second of two calls at once
 */
export function deleteWebhook(db: Db, { caller, context, webhookId }: DeleteWebhook): Promise<Webhook> {
  return db.$transaction(async (tx) => {
    const webhook = await getWebhook(tx, caller.reach, webhookId);
    const { count } = await tx.webhook.updateMany({
      where: { id: webhook.id, deletedAt: null },
      data: { isEnabled: false, deletedAt: new Date() },
    });
    if (count === 0) throw new Refusal("WEBHOOK_NOT_FOUND");
    const target = { type: "webhook", id: webhook.id, label: webhook.url } as const;
    await writeEntry(tx, { caller, context, orgId: webhook.org_id, action: "webhook.deleted", target });
    return webhook;
  });
}
