import { parseUuid } from "@/lib/contract/values";
import type { Webhook } from "@/lib/contract/webhooks";
import type { Db } from "@/lib/db/client";
import { Refusal } from "@/lib/errors";
import type { Reach } from "@/lib/identity/caller";
import { within } from "@/lib/paging/select-slice";
import { SELECT_WEBHOOK, toWebhook, type WebhookRow } from "./webhook-record";

/** @throws Refusal WEBHOOK_NOT_FOUND for every kind of miss, a deleted one included */
export async function getWebhook(db: Db, reach: Reach, webhookId: string): Promise<Webhook> {
  const id = parseUuid(webhookId);
  if (id === undefined) throw new Refusal("WEBHOOK_NOT_FOUND");
  const [row] = await db.$queryRaw<WebhookRow[]>`
    ${SELECT_WEBHOOK} WHERE r.id = ${id}::uuid AND r.deleted_at IS NULL AND ${within(reach)}`;
  if (!row) throw new Refusal("WEBHOOK_NOT_FOUND");
  return toWebhook(row);
}
