import { Prisma } from "@/generated/prisma/client";
import { UNPREPARED } from "@/lib/platform/db/client";
import type { Reach } from "@/lib/states/caller";
import type { Slice } from "./keyset";

type Selection = {
  /** A table with an `org_id`, aliased `r` in `columns`, `where` and the slice. */
  table: Prisma.Sql;
  columns: Prisma.Sql;
  /** Joined to the page's rows only. */
  join?: Prisma.Sql;
  where: Prisma.Sql;
  reach: Reach;
  slice: Slice;
  limit: number;
  /** Whether an index starts with the organization and continues in the slice's order. */
  hasOrgIndex: boolean;
};

/**
 * Selects a slice within a reach. For several organizations with such an index, takes the first rows of each
 * and merges them, so the cost depends on the reach and the limit, never on the number of rows.
 */
export function selectSlice({
  table,
  columns,
  join,
  where,
  reach,
  slice,
  limit,
  hasOrgIndex,
}: Selection): Prisma.Sql {
  const cut = Prisma.sql`ORDER BY ${slice.orderBy} LIMIT ${limit}::int`;
  if (!reach.all && reach.orgIds.length > 1 && hasOrgIndex) {
    return Prisma.sql`${MARK} SELECT ${columns}
      FROM unnest(${[...reach.orgIds]}::uuid[]) reached (org_id) CROSS JOIN LATERAL (
        SELECT r.* FROM ${table} r WHERE r.org_id = reached.org_id AND ${where} AND ${slice.where} ${cut}) r ${join ?? Prisma.empty} ${cut}`;
  }
  const rows = Prisma.sql`FROM ${table} r WHERE ${within(reach)} AND ${where} AND ${slice.where} ${cut}`;
  if (!join) return Prisma.sql`${MARK} SELECT ${columns} ${rows}`;
  return Prisma.sql`${MARK} SELECT ${columns} FROM (SELECT r.* ${rows}) r ${join} ORDER BY ${slice.orderBy}`;
}

const MARK = Prisma.raw(UNPREPARED);

export function within(reach: Reach): Prisma.Sql {
  if (reach.all) return Prisma.sql`TRUE`;
  const [only, ...more] = reach.orgIds;
  if (only === undefined) return Prisma.sql`FALSE`;
  if (more.length === 0) return Prisma.sql`r.org_id = ${only}::uuid`;
  return Prisma.sql`r.org_id = ANY(${[...reach.orgIds]}::uuid[])`;
}
