import { Prisma } from "@/generated/prisma/client";
import { type Db, UNPREPARED } from "@/lib/platform/db/client";
import type { Slice } from "@/lib/platform/paging/keyset";

/**
 * Reads a slice of the trail month by month until the page is full, for searches where PostgreSQL can only
 * estimate the number of matches. For each month, it uses the trigram index if it expects few matches, and
 * scans the newest entries if it expects many; a wrong estimate costs one month instead of the whole trail.
 * @param read reads from a part of the slice
 */
export async function readByMonth<Row>(
  db: Db,
  slice: Slice,
  limit: number,
  read: (slice: Slice, limit: number) => Promise<Row[]>,
): Promise<Row[]> {
  const months = await db.$queryRaw<{ month: string }[]>(selectMonths(slice));
  if (slice.isBackward) months.reverse();
  const rows: Row[] = [];
  for (const { month } of months) {
    const within = Prisma.sql`r.occurred_at >= ${month}::timestamptz AND r.occurred_at < ${nextMonth(month)}::timestamptz`;
    rows.push(
      ...(await read({ ...slice, where: Prisma.sql`${slice.where} AND ${within}` }, limit - rows.length)),
    );
    if (rows.length >= limit) break;
  }
  return rows;
}

/** The months with entries of the slice, newest first, by a loose index scan. */
const selectMonths = ({ where }: Slice): Prisma.Sql => Prisma.sql`${Prisma.raw(UNPREPARED)}
  WITH RECURSIVE months AS (
    SELECT date_trunc('month', max(r.occurred_at), 'UTC') AS month FROM audit_entries r WHERE ${where}
    UNION ALL
    SELECT (SELECT date_trunc('month', max(r.occurred_at), 'UTC') FROM audit_entries r
      WHERE r.occurred_at < months.month AND ${where})
    FROM months WHERE months.month IS NOT NULL
  )
  SELECT to_char(month AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"') AS month FROM months
  WHERE month IS NOT NULL`;

function nextMonth(month: string): string {
  const time = new Date(month);
  time.setUTCMonth(time.getUTCMonth() + 1);
  return time.toISOString();
}
