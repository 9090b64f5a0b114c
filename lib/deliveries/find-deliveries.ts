import { Prisma } from "@/generated/prisma/client";
import type { DeliveryListQuery, DeliveryPage } from "@/lib/contract/deliveries";
import { canonicalMoment } from "@/lib/contract/moment";
import type { Db } from "@/lib/platform/db/client";
import { findPage, type Placed } from "@/lib/platform/paging/find-page";
import type { Slice, SortKey } from "@/lib/platform/paging/keyset";
import { selectSlice } from "@/lib/platform/paging/select-slice";
import type { Reach } from "@/lib/states/caller";
import { DELIVERY_COLUMNS, type DeliveryRow, toDelivery } from "./delivery-record";

const NEWEST_FIRST: readonly SortKey[] = [
  { column: Prisma.sql`r.created_at`, type: Prisma.sql`timestamptz`, isDescending: true },
  { column: Prisma.sql`r.id`, type: Prisma.sql`uuid`, isDescending: true },
];
const COLUMNS = Prisma.sql`${DELIVERY_COLUMNS}, ARRAY[r.created_at::text, r.id::text] AS place`;

/**
 * Finds a page of deliveries, newest first.
 * @param webhookId undefined for every webhook and the callbacks of runs
 * @throws Refusal VALIDATION_ERROR at `pq` or `from_prev`
 */
export async function findDeliveries(
  db: Db,
  reach: Reach,
  webhookId: string | undefined,
  query: DeliveryListQuery,
): Promise<DeliveryPage> {
  const { state, event, run_id, from, to } = query;
  const selection = {
    table: Prisma.sql`deliveries`,
    columns: COLUMNS,
    where: compile(webhookId, query),
    reach,
    hasOrgIndex: true,
  };
  const range = [canonicalMoment(from), canonicalMoment(to)];
  const parts = ["deliveries", webhookId, state, event, run_id?.toLowerCase(), ...range].map(
    (part) => part ?? null,
  );
  const listing = {
    scope: JSON.stringify(parts),
    order: NEWEST_FIRST,
    fetch: (slice: Slice, limit: number) =>
      db.$queryRaw<(DeliveryRow & Placed)[]>(selectSlice({ ...selection, slice, limit })),
  };
  const page = await findPage(listing, query);
  return { ...page, items: page.items.map(toDelivery) };
}

function compile(
  webhookId: string | undefined,
  { state, event, run_id, from, to }: DeliveryListQuery,
): Prisma.Sql {
  const conditions = [
    webhookId !== undefined && Prisma.sql`r.webhook_id = ${webhookId}::uuid`,
    state !== undefined && Prisma.sql`r.state = ${state}`,
    event !== undefined && Prisma.sql`r.event = ${event}`,
    run_id !== undefined && Prisma.sql`r.run_id = ${run_id}::uuid`,
    from !== undefined && Prisma.sql`r.created_at >= ${canonicalMoment(from)}::timestamptz`,
    to !== undefined && Prisma.sql`r.created_at < ${canonicalMoment(to)}::timestamptz`,
  ].filter((condition) => condition !== false);
  return conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join(conditions, " AND ");
}
