import type { Webhook } from "@/lib/contract/webhooks";
import type { Db } from "@/lib/db/client";
import type { Reach } from "@/lib/identity/caller";
import { within } from "@/lib/paging/select-slice";
import { SELECT_WEBHOOK, toWebhook, type WebhookRow } from "./webhook-record";

/** An organization has a handful; whoever reaches all sees the newest of them. */
const MOST = 500;

/** @returns the webhooks in reach, the newest first, without deleted ones */
export async function findWebhooks(db: Db, reach: Reach): Promise<Webhook[]> {
  const rows = await db.$queryRaw<WebhookRow[]>`
    ${SELECT_WEBHOOK} WHERE r.deleted_at IS NULL AND ${within(reach)} ORDER BY r.id DESC LIMIT ${MOST}`;
  return rows.map(toWebhook);
}
