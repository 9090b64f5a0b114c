import { Prisma } from "@/generated/prisma/client";
import { type Db, UNPREPARED } from "@/lib/platform/db/client";
import { findDatabaseFault } from "@/lib/platform/db/is-unavailable";
import { within } from "@/lib/platform/paging/select-slice";
import { compileFilter } from "@/lib/platform/query/compile-filter";
import { parseQuery } from "@/lib/platform/query/parse-query";
import type { Reach } from "@/lib/states/caller";
import { BATCH_MOST_RUNS } from "@/lib/states/cancellation-batch";

export type SelectionCount = {
  /** Runs in reach that match, up to one more than a plan may have. */
  matching: number;
  /** Those that haven't ended. */
  live: number;
};

/**
 * Counts the runs that a plan by expression would have now.
 * @returns undefined if counting takes too long
 * @throws Refusal VALIDATION_ERROR at `q`
 */
export async function countSelection(db: Db, reach: Reach, q: string): Promise<SelectionCount | undefined> {
  const filter = parseQuery(q);
  const where = filter ? compileFilter(filter) : Prisma.sql`TRUE`;
  try {
    const [row] = await db.$queryRaw<SelectionCount[]>(Prisma.sql`${Prisma.raw(UNPREPARED)}
      SELECT count(*)::int AS matching, (count(*) FILTER (WHERE NOT is_terminal(status_code)))::int AS live
      FROM (SELECT r.status_code FROM runs r WHERE ${within(reach)} AND ${where} LIMIT ${BATCH_MOST_RUNS + 1}::int) found`);
    return row!;
  } catch (error) {
    if (findDatabaseFault(error) === "slow") return undefined;
    throw error;
  }
}
