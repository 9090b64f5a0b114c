import type { Prisma } from "@/generated/prisma/client";
import { writeEntry } from "@/lib/audit/trail/write-entry";
import { chainOf } from "@/lib/cancellation-batches/batch-target";
import type { Approval, RequestApprovalBody } from "@/lib/contract/approvals";
import type { Db } from "@/lib/platform/db/client";
import { conflict, permissionRequired } from "@/lib/platform/errors";
import { APPROVAL_PERMISSIONS, nameAction, REQUEST_HOURS } from "@/lib/states/approval";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { toApproval, toApprovalActor } from "./approval-record";
import { describeAction } from "./describe-action";
import { tellDeciders } from "./tell-deciders";

type RequestApproval = { caller: Caller; context: RequestContext; body: RequestApprovalBody };

/**
 * Asks a second person, and sends an email to those who may decide.
 * @throws Refusal PERMISSION_DENIED without the action's own permission
 * @throws Refusal CONFLICT `approval_not_required`, `approval_pending`
 */
export function requestApproval(db: Db, { caller, context, body }: RequestApproval): Promise<Approval> {
  const { kind, reason } = body;
  const permission = APPROVAL_PERMISSIONS[kind];
  if (!caller.permissions.has(permission)) throw permissionRequired(permission);
  return db.$transaction(async (tx) => {
    const { targetId, label, orgIds, detail, isNeeded } = await describeAction(tx, caller, body);
    if (!isNeeded) throw conflict("approval_not_required", "This needs no approval. Do it directly.");
    const requesterId = caller.person.id;
    const open = { decision: null, withdrawnAt: null, expiresAt: { gt: new Date() } };
    if (await tx.approval.findFirst({ where: { kind, targetId, requesterId, ...open } }))
      throw conflict(
        "approval_pending",
        "You already asked for this. Wait for the decision, or withdraw it.",
      );
    const row = await tx.approval.create({
      data: {
        kind,
        targetId,
        targetLabel: label,
        orgIds,
        detail: detail as Prisma.InputJsonObject,
        reason,
        requesterId,
        requester: toApprovalActor(caller.actor),
        expiresAt: new Date(Date.now() + REQUEST_HOURS * 3_600_000),
      },
    });
    const approval = toApproval(row);
    await writeEntry(tx, {
      caller,
      context,
      orgId: chainOf(orgIds),
      action: "approval.requested",
      target: { type: "approval", id: row.id, label: nameAction(approval.kind, approval.target.label) },
      meta: { reason, kind, subject: targetId },
    });
    await tellDeciders(tx, approval, requesterId);
    return approval;
  });
}
