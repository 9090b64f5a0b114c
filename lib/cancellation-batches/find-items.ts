import { Prisma } from "@/generated/prisma/client";
import {
  BatchItem,
  type BatchItemPage,
  type BatchItemQuery,
  type ItemFilter,
} from "@/lib/contract/cancellation-batches";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { findPage, type Placed } from "@/lib/platform/paging/find-page";
import type { Slice, SortKey } from "@/lib/platform/paging/keyset";
import { selectSlice } from "@/lib/platform/paging/select-slice";
import type { Reach } from "@/lib/states/caller";
import { readBatch } from "./get-batch";

const BY_RUN: readonly SortKey[] = [
  { column: Prisma.sql`r.run_id`, type: Prisma.sql`uuid`, isDescending: false },
];

type Row = Omit<BatchItem, "run_created_at" | "settled_at"> & {
  run_created_at: Date | null;
  settled_at: Date | null;
};

/**
 * Finds a page of a batch's runs, by id, with their outcomes.
 * @throws Refusal CANCELLATION_BATCH_NOT_FOUND, or VALIDATION_ERROR at `pq` or `from_prev`
 */
export async function findItems(
  db: Db,
  reach: Reach,
  batchId: string,
  query: BatchItemQuery,
): Promise<BatchItemPage> {
  const { id } = await readBatch(db, reach, batchId);
  const { outcome } = query;
  const selection = {
    table: Prisma.sql`cancellation_items`,
    columns: Prisma.sql`r.run_id, r.org_id, o.name AS customer, run.model, run.status_code::text AS status_code,
      run.created_at AS run_created_at, r.is_excluded, r.outcome, r.entry_id, r.settled_at,
      ARRAY[r.run_id::text] AS place`,
    join: Prisma.sql`LEFT JOIN organizations o ON o.id = r.org_id
      LEFT JOIN runs run ON run.id = r.run_id AND r.org_id IS NOT NULL`,
    where: Prisma.sql`r.batch_id = ${id}::uuid AND ${compile(outcome)}`,
    reach: { all: true },
    hasOrgIndex: false,
  } as const;
  const listing = {
    scope: JSON.stringify(["cancellation-items", id, outcome ?? null]),
    order: BY_RUN,
    fetch: (slice: Slice, limit: number) =>
      db.$queryRaw<(Row & Placed)[]>(selectSlice({ ...selection, slice, limit })),
  };
  const page = await findPage(listing, query);
  return { ...page, items: page.items.map(toItem) };
}

const toItem = (row: Row): BatchItem =>
  BatchItem.parse({
    ...row,
    run_created_at: row.run_created_at && formatTimestamp(row.run_created_at),
    settled_at: row.settled_at && formatTimestamp(row.settled_at),
  });

function compile(filter: ItemFilter | undefined): Prisma.Sql {
  if (filter === undefined) return Prisma.sql`TRUE`;
  if (filter === "excluded") return Prisma.sql`r.is_excluded`;
  if (filter === "pending") return Prisma.sql`r.outcome IS NULL AND NOT r.is_excluded`;
  if (filter === "open")
    return Prisma.sql`r.outcome IS NULL AND NOT r.is_excluded AND EXISTS (SELECT FROM runs live
      WHERE live.id = r.run_id AND r.org_id IS NOT NULL AND NOT is_terminal(live.status_code))`;
  return Prisma.sql`r.outcome = ${Number(filter)}::int`;
}
