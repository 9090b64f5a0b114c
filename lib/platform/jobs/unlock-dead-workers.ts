import type { Db } from "@/lib/platform/db/client";
import { log } from "@/lib/platform/log";

/** A pool that has just started may take jobs a moment before it shows that it is alive. */
const GRACE_MS = 30_000;

/**
 * Crash recovery: gives back the jobs of workers that died, which graphile-worker itself does after four hours only.
 * @returns the ids of those workers
 */
export async function unlockDeadWorkers(db: Db): Promise<string[]> {
  const [found] = await db.$queryRaw<{ ids: string[] | null }[]>`
    WITH holder AS MATERIALIZED (
      SELECT locked_by AS id FROM graphile_worker._private_jobs
      WHERE locked_at < now() - ${GRACE_MS}::int * interval '1 ms'
      UNION SELECT locked_by FROM graphile_worker._private_job_queues
      WHERE locked_at < now() - ${GRACE_MS}::int * interval '1 ms'
    ), dead AS MATERIALIZED (
      SELECT array_agg(id) AS ids FROM holder WHERE pg_try_advisory_xact_lock(hashtextextended(id, 0))
    )
    SELECT ids FROM dead, LATERAL (SELECT graphile_worker.force_unlock_workers(ids) WHERE ids IS NOT NULL) unlocked`;
  const ids = found?.ids ?? [];
  if (ids.length > 0) log.warn({ worker_ids: ids }, "jobs of workers that died were given back");
  return ids;
}
