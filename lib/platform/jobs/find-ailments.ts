import type { Db } from "@/lib/platform/db/client";
import type { Liveness } from "./show-liveness";

/** A heartbeat is due every five seconds. */
const STALE_MS = 15_000;

/**
 * Checks a worker's health: its queue runs, its heartbeat is fresh, and its database answers.
 * @param db a pool without other work, with a short timeout
 * @returns a sentence for each part that fails
 */
export async function findAilments(db: Db, { pools, beatAt }: Liveness): Promise<string[]> {
  const answers = await db.$queryRaw`SELECT`.then(
    () => true,
    () => false,
  );
  return [
    ...(pools.size > 0 ? [] : ["The queue is not running."]),
    ...(performance.now() - beatAt < STALE_MS ? [] : [`No heartbeat for ${STALE_MS / 1_000} s.`]),
    ...(answers ? [] : ["The database does not answer."]),
  ];
}
