import { writeEntry } from "@/lib/audit/trail/write-entry";
import { chainOf } from "@/lib/cancellation-batches/batch-target";
import type { Approval } from "@/lib/contract/approvals";
import { refuseBeyond } from "@/lib/people/refuse-beyond";
import type { Db } from "@/lib/platform/db/client";
import { conflict, permissionRequired } from "@/lib/platform/errors";
import { APPROVAL_HOURS, APPROVAL_PERMISSIONS, type ApprovalKind, nameAction } from "@/lib/states/approval";
import type { RequestContext } from "@/lib/states/audit-entry";
import { type Caller, covers, isOneself } from "@/lib/states/caller";
import { toApproval, toApprovalActor } from "./approval-record";
import { readApproval } from "./get-approval";

type DecideApproval = {
  caller: Caller;
  context: RequestContext;
  id: string;
  decision: "approved" | "refused";
  note: string | null;
};

/**
 * Approves or refuses a request. The requester then does the action once, in their own name. One guarded
 * statement decides among concurrent decisions, a withdrawal and the expiry.
 * @throws Refusal APPROVAL_NOT_FOUND
 * @throws Refusal CONFLICT `self_action_forbidden` for the requester, and the maker of the key that asked;
 * `approval_settled`
 * @throws Refusal PERMISSION_DENIED without the permission or the reach of the action
 */
export function decideApproval(
  db: Db,
  { caller, context, id, decision, note }: DecideApproval,
): Promise<Approval> {
  return db.$transaction(async (tx) => {
    const row = await readApproval(tx, caller, id);
    const kind = row.kind as ApprovalKind;
    const { maker_id: makerId = null } = row.requester as { maker_id?: string };
    if (isOneself(caller, row.requesterId) || caller.person.id === makerId)
      throw conflict("self_action_forbidden", "Someone else has to decide your own request.");
    const permission = APPROVAL_PERMISSIONS[kind];
    if (!caller.permissions.has(permission)) throw permissionRequired(permission);
    if (kind === "person.grant_admin") {
      const { reach } = row.detail as { reach: { all: boolean; org_ids: string[] | null } };
      await refuseBeyond(tx, caller, { role: "admin", reach });
    } else if (!covers(caller.reach, { all: false, orgIds: row.orgIds })) {
      throw permissionRequired(permission);
    }
    const decided = await tx.$queryRaw`
      UPDATE approvals SET decision = ${decision}, decider_id = ${caller.person.id}::uuid,
        decider = ${JSON.stringify(toApprovalActor(caller.actor))}::jsonb, decision_note = ${note},
        decided_at = date_trunc('milliseconds', now()),
        expires_at = CASE WHEN ${decision} = 'approved' THEN date_trunc('milliseconds', now()) + ${APPROVAL_HOURS}::int * interval '1 hour' ELSE expires_at END
      WHERE id = ${row.id}::uuid AND decision IS NULL AND withdrawn_at IS NULL AND expires_at > now()
        AND requester_id <> ${caller.person.id}::uuid
      RETURNING id`;
    if ((decided as unknown[]).length === 0)
      throw conflict("approval_settled", "This request was decided, withdrawn, or has expired.");
    const approval = toApproval(await tx.approval.findUniqueOrThrow({ where: { id: row.id } }));
    await writeEntry(tx, {
      caller,
      context,
      orgId: chainOf(row.orgIds),
      action: decision === "approved" ? "approval.approved" : "approval.refused",
      target: { type: "approval", id: row.id, label: nameAction(approval.kind, approval.target.label) },
      meta: {
        reason: note,
        kind,
        subject: row.targetId,
        requester: row.requester,
        request_reason: row.reason,
      },
    });
    return approval;
  });
}
