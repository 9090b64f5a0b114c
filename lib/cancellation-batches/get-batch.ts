import type { CancellationBatch } from "@/lib/contract/cancellation-batches";
import { parseUuid } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import { type Caller, covers, type Reach } from "@/lib/states/caller";
import { BATCH_FIELDS, type BatchRecord, toBatch } from "./batch-record";
import { describePlan } from "./describe-plan";

/**
 * Reads a batch for anyone who can access all its customers.
 * @throws Refusal CANCELLATION_BATCH_NOT_FOUND
 */
export async function readBatch(db: Db, reach: Reach, id: string): Promise<BatchRecord> {
  const batchId = parseUuid(id);
  const row =
    batchId && (await db.cancellationBatch.findUnique({ where: { id: batchId }, omit: BATCH_FIELDS }));
  if (!row || !covers(reach, { all: false, orgIds: row.orgIds }))
    throw new Refusal("CANCELLATION_BATCH_NOT_FOUND");
  return row;
}

/** @throws Refusal CANCELLATION_BATCH_NOT_FOUND */
export async function getBatch(db: Db, caller: Caller, id: string): Promise<CancellationBatch> {
  const row = await readBatch(db, caller.reach, id);
  return toBatch(row, row.startedAt ? undefined : await describePlan(db, caller, row.id));
}
