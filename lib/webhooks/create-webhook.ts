import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { CreateWebhookBody, Webhook } from "@/lib/contract/webhooks";
import { oneOrganization } from "@/lib/identity/one-organization";
import type { Db } from "@/lib/platform/db/client";
import { holdLock } from "@/lib/platform/db/hold-lock";
import { conflict } from "@/lib/platform/errors";
import { targetRules } from "@/lib/platform/outbound/target-rules";
import { checkTargetUrl } from "@/lib/platform/outbound/target-url";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { getWebhook } from "./get-webhook";

/** Every run that ends writes a delivery per webhook in its transaction; the limit keeps that fast. */
export const MOST_WEBHOOKS = 50;

type CreateWebhook = { caller: Caller; context: RequestContext; body: CreateWebhookBody };

/**
 * Subscribes a URL of the caller's organization to events.
 * @throws Refusal VALIDATION_ERROR for a URL that may not be called, or without a single organization
 * @throws Refusal CONFLICT `too_many_webhooks`
 */
export function createWebhook(db: Db, { caller, context, body }: CreateWebhook): Promise<Webhook> {
  const orgId = oneOrganization(caller.reach);
  checkTargetUrl(body.url, "url", targetRules());
  const eventTypes = [...new Set(body.event_types)];
  return db.$transaction(async (tx) => {
    await checkRoom(tx, orgId);
    const { id } = await tx.webhook.create({
      data: { orgId, url: body.url, eventTypes, description: body.description ?? null },
      select: { id: true },
    });
    const target = { type: "webhook", id, label: body.url } as const;
    const meta = { event_types: eventTypes };
    await writeEntry(tx, { caller, context, orgId, action: "webhook.created", target, meta });
    return getWebhook(tx, caller.reach, id);
  });
}

/** Locked, so that the limit holds. */
async function checkRoom(tx: Db, orgId: string): Promise<void> {
  await holdLock(tx, `webhooks of ${orgId}`);
  if ((await tx.webhook.count({ where: { orgId, deletedAt: null } })) < MOST_WEBHOOKS) return;
  throw conflict(
    "too_many_webhooks",
    `The organization already has ${MOST_WEBHOOKS} webhooks, the limit. Delete one first.`,
  );
}
