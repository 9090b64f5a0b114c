import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";
import type { Db } from "@/lib/platform/db/client";
import { conflict } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { BATCH_FIELDS, toBatch, toBatchActor } from "./batch-record";
import { chainOf, nameBatch } from "./batch-target";
import { lockBatch } from "./lock-batch";

type AbortBatch = { caller: Caller; context: RequestContext; id: string };

/**
 * Stops a running batch after its current chunk, with an audit entry. Once this commits, it cancels nothing
 * more.
 * @throws Refusal CANCELLATION_BATCH_NOT_FOUND
 * @throws Refusal CONFLICT `batch_not_running`
 */
export function abortBatch(db: Db, { caller, context, id }: AbortBatch): Promise<CancellationBatch> {
  return db.$transaction(async (tx) => {
    const batch = await lockBatch(tx, caller.reach, id);
    if (batch.state !== "running")
      throw conflict("batch_not_running", "This batch is not running, so there is nothing to abort.");
    const row = await tx.cancellationBatch.update({
      where: { id: batch.id },
      data: { state: "aborted", abortedBy: toBatchActor(caller.actor), endedAt: new Date() },
      omit: BATCH_FIELDS,
    });
    const { reason, ticket, orgIds, total } = row;
    const aborted = toBatch(row);
    await writeEntry(tx, {
      caller,
      context,
      orgId: chainOf(orgIds),
      action: "batch.aborted",
      target: { type: "batch", id: row.id, label: nameBatch(total) },
      meta: { reason, ticket, progress: aborted.progress },
    });
    return aborted;
  });
}
