import type { RequestContext } from "@/lib/audit/audit-entry";
import { writeEntry } from "@/lib/audit/write-entry";
import type { CreateWebhookBody, Webhook } from "@/lib/contract/webhooks";
import type { Db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/in-transaction";
import { targetRules } from "@/lib/deliveries/target-rules";
import { checkTargetUrl } from "@/lib/deliveries/target-url";
import type { Caller } from "@/lib/identity/caller";
import { oneOrganization } from "@/lib/identity/one-organization";
import { getWebhook } from "./get-webhook";

type CreateWebhook = { caller: Caller; context: RequestContext; body: CreateWebhookBody };

/**
 * Subscribes an address of the caller's organization to events.
 * @throws Refusal VALIDATION_ERROR for an address that may not be called, or without one organization
 */
export function createWebhook(db: Db, { caller, context, body }: CreateWebhook): Promise<Webhook> {
  const orgId = oneOrganization(caller.reach);
  checkTargetUrl(body.url, "url", targetRules());
  const eventTypes = [...new Set(body.event_types)];
  return inTransaction(db, async (tx) => {
    const [made] = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO webhooks (org_id, url, event_types, description)
      VALUES (${orgId}::uuid, ${body.url}, ${eventTypes}, ${body.description ?? null}) RETURNING id`;
    const target = { type: "webhook", id: made!.id, label: body.url } as const;
    const meta = { event_types: eventTypes };
    await writeEntry(tx, { caller, context, orgId, action: "webhook.created", target, meta });
    return getWebhook(tx, caller.reach, made!.id);
  });
}
