import { parseUuid } from "@/lib/contract/values";
import type { Webhook } from "@/lib/contract/webhooks";
import type { Db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import { within } from "@/lib/platform/paging/select-slice";
import type { Reach } from "@/lib/states/caller";
import { toWebhook, WEBHOOK_COLUMNS, WEBHOOKS, type WebhookRow } from "./webhook-record";

/**
 * @param orDeleted whether to include deleted ones, for reading their history
 * @throws Refusal WEBHOOK_NOT_FOUND, missing and out of reach alike
 */
export async function getWebhook(
  db: Db,
  reach: Reach,
  webhookId: string,
  orDeleted = false,
): Promise<Webhook> {
  const id = parseUuid(webhookId);
  if (id === undefined) throw new Refusal("WEBHOOK_NOT_FOUND");
  const [row] = await db.$queryRaw<WebhookRow[]>`
    SELECT ${WEBHOOK_COLUMNS} FROM ${WEBHOOKS} r
    WHERE r.id = ${id}::uuid AND (r.deleted_at IS NULL OR ${orDeleted}::boolean) AND ${within(reach)}`;
  if (!row) throw new Refusal("WEBHOOK_NOT_FOUND");
  return toWebhook(row);
}
