import type { BatchChangeBody, CancellationBatch } from "@/lib/contract/cancellation-batches";
import type { Db } from "@/lib/platform/db/client";
import { invalid } from "@/lib/platform/errors";
import type { Caller } from "@/lib/states/caller";
import { getBatch } from "./get-batch";
import { lockBatch, refuseStarted } from "./lock-batch";

/**
 * Leaves runs out of a plan or puts them back, or limits the speed of a batch that has not ended.
 * @throws Refusal CANCELLATION_BATCH_NOT_FOUND
 * @throws Refusal CONFLICT `plan_started` or `plan_expired` for a change of the runs
 * @throws Refusal VALIDATION_ERROR `not_in_plan` for a run that the plan doesn't have
 */
export function changeBatch(
  db: Db,
  caller: Caller,
  id: string,
  body: BatchChangeBody,
): Promise<CancellationBatch> {
  const { exclude_run_ids, include_run_ids, runs_per_second_limit: rateLimit } = body;
  return db.$transaction(async (tx) => {
    const batch = await lockBatch(tx, caller.reach, id);
    if (exclude_run_ids ?? include_run_ids) {
      refuseStarted(batch);
      if (exclude_run_ids) await setExcluded(tx, batch.id, "exclude_run_ids", exclude_run_ids);
      if (include_run_ids) await setExcluded(tx, batch.id, "include_run_ids", include_run_ids);
      await countRuns(tx, batch.id);
    }
    if (rateLimit !== undefined)
      await tx.cancellationBatch.update({
        where: { id: batch.id },
        data: { rateLimit },
        select: { id: true },
      });
    return getBatch(tx, caller, batch.id);
  });
}

type Field = "exclude_run_ids" | "include_run_ids";

async function setExcluded(tx: Db, batchId: string, field: Field, runIds: string[]): Promise<void> {
  const known = await tx.$executeRaw`
    UPDATE cancellation_items SET is_excluded = ${field === "exclude_run_ids"}
    WHERE batch_id = ${batchId}::uuid AND run_id = ANY(${runIds}::uuid[])`;
  if (known < runIds.length)
    throw invalid(["body", field], "not_in_plan", "A listed run is not part of this plan.");
}

const countRuns = (tx: Db, batchId: string) => tx.$executeRaw`
  UPDATE cancellation_batches SET total = (
    SELECT count(*) FROM cancellation_items WHERE batch_id = ${batchId}::uuid AND NOT is_excluded)
  WHERE id = ${batchId}::uuid`;
