import { Prisma } from "@/generated/prisma/client";
import { whyRetryNeedsApproval } from "@/lib/approvals/needs-approval";
import { takeApproval } from "@/lib/approvals/take-approval";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";
import type { Db } from "@/lib/platform/db/client";
import { conflict } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { FAILED_OUTCOMES } from "@/lib/states/cancellation-batch";
import { lockBatch } from "./lock-batch";
import { execute } from "./start-batch";

type RetryBatch = { caller: Caller; context: RequestContext; id: string };

/**
 * Attempts the failed runs of a batch again, in the name of the caller. Runs that an abort left are excluded.
 * @throws Refusal CANCELLATION_BATCH_NOT_FOUND
 * @throws Refusal CONFLICT `plan_not_started`, `batch_running`, `nothing_to_retry`; `approval_required`
 * for runs that a second person has to approve and has not
 */
export function retryBatch(db: Db, { caller, context, id }: RetryBatch): Promise<CancellationBatch> {
  return db.$transaction(async (tx) => {
    const batch = await lockBatch(tx, caller.reach, id);
    if (batch.state === "planned") throw conflict("plan_not_started", "This plan has not been started yet.");
    if (batch.state === "running") throw conflict("batch_running", "This batch is still running.");
    await tx.$executeRaw`
      UPDATE cancellation_items SET is_excluded = true
      WHERE batch_id = ${batch.id}::uuid AND outcome IS NULL AND NOT is_excluded`;
    const failed = await tx.$executeRaw`
      UPDATE cancellation_items SET outcome = NULL, settled_at = NULL
      WHERE batch_id = ${batch.id}::uuid AND outcome = ANY(${[...FAILED_OUTCOMES]}::int[])`;
    if (failed === 0) throw conflict("nothing_to_retry", "No run of this batch failed.");
    const why = await whyRetryNeedsApproval(tx, batch, failed);
    const detail = { runs: failed };
    const approval =
      why && (await takeApproval(tx, { caller, kind: "batch.start", targetId: batch.id, detail, why }));
    const total = batch.canceled + batch.unchanged + failed;
    const changed = { total, notFound: 0, refused: 0, failed: 0 };
    return execute(tx, {
      caller,
      context,
      batch: { ...batch, ...changed },
      data: { ...changed, abortedBy: Prisma.DbNull },
      meta: { is_retry: true, failed, ...(approval && { approval }) },
    });
  });
}
