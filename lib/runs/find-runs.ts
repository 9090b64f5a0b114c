import { Prisma } from "@/generated/prisma/client";
import type { RunListQuery, RunPage } from "@/lib/contract/runs";
import type { Db } from "@/lib/platform/db/client";
import { findPage, type Placed } from "@/lib/platform/paging/find-page";
import { selectSlice } from "@/lib/platform/paging/select-slice";
import { compileFilter } from "@/lib/platform/query/compile-filter";
import { canonicalText, type Filter } from "@/lib/platform/query/filter";
import { parseQuery } from "@/lib/platform/query/parse-query";
import type { Reach } from "@/lib/states/caller";
import { parseRunOrder } from "./run-order";
import { parseProjection, projectColumns, projectRun } from "./run-projection";
import type { RunRow } from "./run-record";

/**
 * Reads one page of the runs in reach.
 * @throws Refusal VALIDATION_ERROR at `q`, `sort_by`, `fields`, `pq` or `from_prev`
 */
export async function findRuns(db: Db, reach: Reach, query: RunListQuery): Promise<RunPage> {
  const filter = query.q === undefined ? undefined : parseQuery(query.q);
  const order = parseRunOrder(query.sort_by);
  const projection = parseProjection(query.fields);
  const place = Prisma.join(order.keys.map(({ column }) => Prisma.sql`${column}::text`));
  const selection = {
    table: Prisma.sql`runs`,
    columns: Prisma.sql`${projectColumns(projection)}, ARRAY[${place}] AS place`,
    where: filter ? compileFilter(filter) : Prisma.sql`TRUE`,
    reach,
    hasOrgIndex: order.leading === "created_at" && !(filter && isOfFew(filter)),
  };
  const listing = {
    scope: JSON.stringify(["runs", canonicalText(filter), order.canonical]),
    order: order.keys,
    fetch: (slice: Parameters<typeof selectSlice>[0]["slice"], limit: number) =>
      db.$queryRaw<(RunRow & Placed)[]>(selectSlice({ ...selection, slice, limit })),
  };
  const page = await findPage(listing, query);
  return { ...page, items: page.items.map((row) => projectRun(row, projection)) };
}

const FIELDS_OF_FEW = ["id", "request_id", "client_ref", "batch_id", "created_by", "api_key_id"];

/** Whether the filter's own index yields few runs, so that a lookup per customer isn't needed. */
const isOfFew = (filter: Filter): boolean =>
  filter.kind === "compare"
    ? filter.op === "eq" && FIELDS_OF_FEW.includes(filter.field)
    : (filter.kind === "and" && filter.items.some(isOfFew)) ||
      (filter.kind === "or" && filter.items.every(isOfFew));
