import { Prisma } from "@/generated/prisma/client";
import type { BatchListQuery, CancellationBatchPage } from "@/lib/contract/cancellation-batches";
import type { Db } from "@/lib/platform/db/client";
import { findPage, type Placed } from "@/lib/platform/paging/find-page";
import type { Slice } from "@/lib/platform/paging/keyset";
import { NEWEST_ID_FIRST, PLACE_BY_ID } from "@/lib/platform/paging/newest-first";
import { selectSlice } from "@/lib/platform/paging/select-slice";
import type { Reach } from "@/lib/states/caller";
import type { BatchState } from "@/lib/states/cancellation-batch";
import { BATCH_FIELDS, toBatch } from "./batch-record";

/**
 * Finds a page of the batches whose customers are all in reach, newest first. Counts are as of the plan, or
 * of the start.
 * @throws Refusal VALIDATION_ERROR at `pq` or `from_prev`
 */
export async function findBatches(
  db: Db,
  reach: Reach,
  query: BatchListQuery,
): Promise<CancellationBatchPage> {
  const { state } = query;
  const selection = {
    table: Prisma.sql`cancellation_batches`,
    columns: Prisma.sql`r.id, ${PLACE_BY_ID}`,
    where: Prisma.sql`${withinBatches(reach)} AND ${compileState(state)}`,
    // A batch may have several customers, so its reach is compared above.
    reach: { all: true },
    hasOrgIndex: false,
  } as const;
  const listing = {
    scope: JSON.stringify(["cancellation-batches", state ?? null]),
    order: NEWEST_ID_FIRST,
    fetch: (slice: Slice, limit: number) =>
      db.$queryRaw<({ id: string } & Placed)[]>(selectSlice({ ...selection, slice, limit })),
  };
  const page = await findPage(listing, query);
  const ids = page.items.map(({ id }) => id);
  const rows = await db.cancellationBatch.findMany({ where: { id: { in: ids } }, omit: BATCH_FIELDS });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return { ...page, items: ids.flatMap((id) => byId.get(id) ?? []).map((row) => toBatch(row)) };
}

const withinBatches = (reach: Reach): Prisma.Sql =>
  reach.all ? Prisma.sql`TRUE` : Prisma.sql`r.org_ids <@ ${[...reach.orgIds]}::uuid[]`;

function compileState(state: BatchState | undefined): Prisma.Sql {
  if (state === undefined) return Prisma.sql`TRUE`;
  if (state === "expired") return Prisma.sql`r.state = 'planned' AND r.expires_at <= now()`;
  if (state === "planned") return Prisma.sql`r.state = 'planned' AND r.expires_at > now()`;
  return Prisma.sql`r.state = ${state}`;
}
