import { whyStartNeedsApproval } from "@/lib/approvals/needs-approval";
import { takeApproval } from "@/lib/approvals/take-approval";
import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";
import type { Db } from "@/lib/platform/db/client";
import { conflict } from "@/lib/platform/errors";
import { toCommandRecord } from "@/lib/runs/transition-runs";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { BATCH_FIELDS, settledOf, toBatch, toBatchActor } from "./batch-record";
import { chainOf, nameBatch } from "./batch-target";
import { describePlan } from "./describe-plan";
import { type LockedBatch, lockBatch, refuseStarted } from "./lock-batch";

type StartBatch = { caller: Caller; context: RequestContext; id: string; expectedCount: number };

/**
 * Starts a plan in the name of the caller, with an audit entry, and queues its job. Workers do the rest.
 * @throws Refusal CANCELLATION_BATCH_NOT_FOUND, also for a caller who can no longer access all its customers
 * @throws Refusal CONFLICT `plan_started`, `plan_expired`, or `plan_changed` with the current count;
 * `approval_required` for a plan that a second person has to approve
 */
export function startBatch(
  db: Db,
  { caller, context, id, expectedCount }: StartBatch,
): Promise<CancellationBatch> {
  return db.$transaction(async (tx) => {
    const batch = await lockBatch(tx, caller.reach, id);
    refuseStarted(batch);
    const { counts, summary } = await describePlan(tx, caller, batch.id);
    if (counts.cancelable !== expectedCount) throw changed(counts.cancelable);
    const why = await whyStartNeedsApproval(tx, batch.orgIds, counts.cancelable);
    const detail = { runs: counts.cancelable };
    const approval =
      why && (await takeApproval(tx, { caller, kind: "batch.start", targetId: batch.id, detail, why }));
    const data = { counts, summary };
    const meta = { counts, q: batch.q, ...(approval && { approval }) };
    return execute(tx, { caller, context, batch, data, meta });
  });
}

const changed = (count: number) =>
  conflict("plan_changed", `${nameBatch(count)} can be canceled now. Check the plan again.`, [
    "body",
    "expected_count",
  ]);

type Execute = {
  caller: Caller;
  context: RequestContext;
  batch: LockedBatch;
  data: object;
  meta: Record<string, unknown>;
};

/** Hands a batch to the workers: state, entry and job in one transaction. */
export async function execute(
  tx: Db,
  { caller, context, batch, data, meta }: Execute,
): Promise<CancellationBatch> {
  const { id, reason, ticket, orgIds, total } = batch;
  const command = {
    ...toCommandRecord({ caller, reason, context: { ...context, source: "bulk" } }),
    ticket,
    cancellation_batch_id: id,
  };
  const row = await tx.cancellationBatch.update({
    where: { id },
    data: {
      ...data,
      state: "running",
      command,
      startedBy: toBatchActor(caller.actor),
      startedAt: batch.now,
      endedAt: null,
      settledBefore: settledOf(batch),
    },
    omit: BATCH_FIELDS,
  });
  const target = { type: "batch", id, label: nameBatch(total) } as const;
  await writeEntry(tx, {
    caller,
    context,
    orgId: chainOf(orgIds),
    action: "batch.started",
    target,
    meta: { reason, ticket, ...meta },
  });
  await tx.$queryRaw`
    SELECT graphile_worker.add_job('cancel_batch', json_build_object('id', ${id}::text),
      job_key => ${`cancel_batch:${id}`}, max_attempts => 32767)::text`;
  return toBatch(row);
}
