import type { Db } from "@/lib/platform/db/client";
import { log } from "@/lib/platform/log";

/** Short transactions, so that nobody waits for a lock for long. */
const BATCH = 500;

type Retention = {
  /** How long ended runs are kept, 30 or more. */
  days: number;
  batch?: number;
  /** Ends the work after the current batch; the next run of the task continues. */
  stop?: AbortSignal;
};

/**
 * Deletes ended runs with their payloads, provider events and deliveries, in batches, and leaves one audit
 * entry. The database decides which runs may go.
 * @returns how many were deleted
 */
export async function deleteOldRuns(db: Db, { days, batch = BATCH, stop }: Retention): Promise<number> {
  let total = 0;
  for (let deleted = batch; deleted === batch && !stop?.aborted; total += deleted) {
    const [row] = await db.$queryRaw<
      { count: number }[]
    >`SELECT delete_old_runs(${days}::int, ${batch}::int) AS count`;
    deleted = row!.count;
  }
  const [recorded] = await db.$queryRaw<
    { count: number }[]
  >`SELECT record_deleted_runs(${days}::int) AS count`;
  if (recorded!.count > 0) log.info({ runs: recorded!.count, days }, "old runs were deleted");
  return total;
}
