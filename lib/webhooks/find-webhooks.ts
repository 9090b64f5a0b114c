import { Prisma } from "@/generated/prisma/client";
import type { WebhookListQuery, WebhookPage } from "@/lib/contract/webhooks";
import type { Db } from "@/lib/platform/db/client";
import { findPage, type Placed } from "@/lib/platform/paging/find-page";
import type { Slice } from "@/lib/platform/paging/keyset";
import { NEWEST_ID_FIRST, PLACE_BY_ID } from "@/lib/platform/paging/newest-first";
import { selectSlice } from "@/lib/platform/paging/select-slice";
import type { Reach } from "@/lib/states/caller";
import { toWebhook, WEBHOOK_COLUMNS, WEBHOOKS, type WebhookRow } from "./webhook-record";

/**
 * Finds a page of the webhooks in reach, newest first, without deleted ones.
 * @throws Refusal VALIDATION_ERROR at `pq` or `from_prev`
 */
export async function findWebhooks(db: Db, reach: Reach, query: WebhookListQuery): Promise<WebhookPage> {
  const selection = {
    table: WEBHOOKS,
    columns: Prisma.sql`${WEBHOOK_COLUMNS}, ${PLACE_BY_ID}`,
    where: Prisma.sql`r.deleted_at IS NULL`,
    reach,
    hasOrgIndex: true,
  };
  const listing = {
    scope: JSON.stringify(["webhooks"]),
    order: NEWEST_ID_FIRST,
    fetch: (slice: Slice, limit: number) =>
      db.$queryRaw<(WebhookRow & Placed)[]>(selectSlice({ ...selection, slice, limit })),
  };
  const page = await findPage(listing, query);
  return { ...page, items: page.items.map(toWebhook) };
}
