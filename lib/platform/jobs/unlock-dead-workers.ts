import type { Db } from "@/lib/platform/db/client";
import { log } from "@/lib/platform/log";

/** A worker without a heartbeat for this long counts as dead; one is due every five seconds. */
export const SILENT_MS = 30_000;

/**
 * Crash recovery: releases the jobs of workers that died, froze or were cut off; graphile-worker alone waits
 * four hours. A worker that was only frozen may run its jobs again when it wakes up: delivery is at least
 * once.
 * @returns the ids of those workers
 */
export async function unlockDeadWorkers(db: Db): Promise<string[]> {
  const [found] = await db.$queryRaw<{ ids: string[] | null }[]>`
    WITH silent AS MATERIALIZED (SELECT clock_timestamp() - ${SILENT_MS}::int * interval '1 ms' AS since),
    holder AS MATERIALIZED (
      SELECT locked_by AS id FROM graphile_worker._private_jobs, silent WHERE locked_at < since
      UNION SELECT locked_by FROM graphile_worker._private_job_queues, silent WHERE locked_at < since
    ), dead AS MATERIALIZED (
      SELECT array_agg(id) AS ids FROM holder, silent
      WHERE NOT EXISTS (SELECT FROM worker_heartbeats h WHERE h.id = holder.id AND h.beat_at >= silent.since)
    ), forgotten AS (
      DELETE FROM worker_heartbeats WHERE beat_at < now() - interval '1 day'
    )
    SELECT ids FROM dead, LATERAL (SELECT graphile_worker.force_unlock_workers(ids) WHERE ids IS NOT NULL) unlocked`;
  const ids = found?.ids ?? [];
  if (ids.length > 0) log.warn({ worker_ids: ids }, "jobs of dead workers released");
  return ids;
}
