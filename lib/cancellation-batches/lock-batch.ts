import type { Db } from "@/lib/platform/db/client";
import { conflict } from "@/lib/platform/errors";
import type { Reach } from "@/lib/states/caller";
import { type BatchRecord, isExpired } from "./batch-record";
import { readBatch } from "./get-batch";

/**
 * Locks a batch until the transaction ends. A worker's chunk locks it too, so the next chunk sees every
 * change.
 * @throws Refusal CANCELLATION_BATCH_NOT_FOUND
 */
export async function lockBatch(tx: Db, reach: Reach, id: string): Promise<BatchRecord> {
  const { id: batchId } = await readBatch(tx, reach, id);
  await tx.$queryRaw`SELECT FROM cancellation_batches WHERE id = ${batchId}::uuid FOR NO KEY UPDATE`;
  // A separate statement, whose snapshot includes the change that the lock waited for.
  return readBatch(tx, reach, batchId);
}

/** @throws Refusal CONFLICT `plan_started` or `plan_expired` */
export function refuseStarted(batch: BatchRecord): void {
  if (batch.state !== "planned") throw conflict("plan_started", "This plan has already been started.");
  if (isExpired(batch))
    throw conflict("plan_expired", "This plan has expired. Make a new one from the current runs.");
}
