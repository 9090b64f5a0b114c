import type { Db } from "@/lib/platform/db/client";
import { conflict } from "@/lib/platform/errors";
import type { Reach } from "@/lib/states/caller";
import { type BatchRecord, isExpired } from "./batch-record";
import { readBatch } from "./get-batch";

/** @property now the database's clock: workers set `ended_at` by it */
export type LockedBatch = BatchRecord & { now: Date };

/**
 * Locks a batch until the transaction ends. A worker's chunk locks it too, so the next chunk sees every
 * change.
 * @throws Refusal CANCELLATION_BATCH_NOT_FOUND
 */
export async function lockBatch(tx: Db, reach: Reach, id: string): Promise<LockedBatch> {
  const { id: batchId } = await readBatch(tx, reach, id);
  const [locked] = await tx.$queryRaw<{ now: Date }[]>`
    WITH locked AS MATERIALIZED (
      SELECT FROM cancellation_batches WHERE id = ${batchId}::uuid FOR NO KEY UPDATE)
    SELECT date_trunc('milliseconds', clock_timestamp()) AS now FROM locked`;
  // A separate statement, whose snapshot includes the change that the lock waited for.
  return { ...(await readBatch(tx, reach, batchId)), now: locked!.now };
}

/** @throws Refusal CONFLICT `plan_started` or `plan_expired` */
export function refuseStarted(batch: BatchRecord): void {
  if (batch.state !== "planned") throw conflict("plan_started", "This plan has already been started.");
  if (isExpired(batch))
    throw conflict("plan_expired", "This plan has expired. Make a new one from the current runs.");
}
