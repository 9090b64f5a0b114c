import { Prisma } from "@/generated/prisma/client";
import type { ViewCount } from "@/lib/contract/views";
import { type Db, UNPREPARED } from "@/lib/platform/db/client";
import { within } from "@/lib/platform/paging/select-slice";
import { compileFilter } from "@/lib/platform/query/compile-filter";
import { parseQuery } from "@/lib/platform/query/parse-query";
import type { Reach } from "@/lib/states/caller";

/** Beyond this, no one needs an exact count. */
export const MOST_COUNTED = 500;

/**
 * Counts the runs in reach that match an expression, up to a limit.
 * @throws Refusal VALIDATION_ERROR at `q`
 */
export async function countRuns(db: Db, reach: Reach, q: string): Promise<ViewCount> {
  const filter = parseQuery(q);
  const where = filter ? compileFilter(filter) : Prisma.sql`TRUE`;
  const [row] = await db.$queryRaw<{ count: bigint }[]>(Prisma.sql`${Prisma.raw(UNPREPARED)}
    SELECT count(*) FROM (SELECT FROM runs r WHERE ${within(reach)} AND ${where} LIMIT ${MOST_COUNTED + 1}::int) found`);
  const count = Number(row!.count);
  return { count: Math.min(count, MOST_COUNTED), is_more: count > MOST_COUNTED };
}
