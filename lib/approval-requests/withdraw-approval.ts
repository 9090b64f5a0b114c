import { writeEntry } from "@/lib/audit/trail/write-entry";
import { chainOf } from "@/lib/cancellation-batches/batch-target";
import type { Approval } from "@/lib/contract/approvals";
import type { Db } from "@/lib/platform/db/client";
import { conflict } from "@/lib/platform/errors";
import { nameAction } from "@/lib/states/approval";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { toApproval } from "./approval-record";
import { readApproval } from "./get-approval";

type WithdrawApproval = { caller: Caller; context: RequestContext; id: string };

/**
 * Takes back the caller's own request, or an approval that they have not used.
 * @throws Refusal APPROVAL_NOT_FOUND
 * @throws Refusal CONFLICT `not_your_request`, `approval_settled`
 */
export function withdrawApproval(db: Db, { caller, context, id }: WithdrawApproval): Promise<Approval> {
  return db.$transaction(async (tx) => {
    const row = await readApproval(tx, caller, id);
    if (row.requesterId !== caller.person.id)
      throw conflict("not_your_request", "Only the person who asked can withdraw a request.");
    const withdrawn = await tx.$queryRaw<unknown[]>`
      UPDATE approvals SET withdrawn_at = date_trunc('milliseconds', now())
      WHERE id = ${row.id}::uuid AND withdrawn_at IS NULL AND used_at IS NULL
        AND decision IS DISTINCT FROM 'refused' AND expires_at > now()
      RETURNING id`;
    if (withdrawn.length === 0)
      throw conflict("approval_settled", "This request was refused, used, withdrawn, or has expired.");
    const approval = toApproval(await tx.approval.findUniqueOrThrow({ where: { id: row.id } }));
    await writeEntry(tx, {
      caller,
      context,
      orgId: chainOf(row.orgIds),
      action: "approval.withdrawn",
      target: { type: "approval", id: row.id, label: nameAction(approval.kind, approval.target.label) },
      meta: { kind: row.kind, subject: row.targetId },
    });
    return approval;
  });
}
