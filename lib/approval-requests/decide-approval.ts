import { writeEntry } from "@/lib/audit/trail/write-entry";
import { chainOf } from "@/lib/cancellation-batches/batch-target";
import type { Approval } from "@/lib/contract/approvals";
import { refuseBeyond } from "@/lib/people/refuse-beyond";
import type { Db } from "@/lib/platform/db/client";
import { conflict, permissionRequired } from "@/lib/platform/errors";
import { APPROVAL_PERMISSIONS, type ApprovalKind, nameAction } from "@/lib/states/approval";
import type { RequestContext } from "@/lib/states/audit-entry";
import { type Caller, covers, isOneself } from "@/lib/states/caller";
import { toApproval } from "./approval-record";
import { readApproval } from "./get-approval";
import { settleApproval } from "./settle-approval";

type DecideApproval = {
  caller: Caller;
  context: RequestContext;
  id: string;
  decision: "approved" | "refused";
  note: string | null;
};

/**
 * Approves or refuses a request. The requester then does the action once, in their own name.
 * @throws Refusal APPROVAL_NOT_FOUND
 * @throws Refusal CONFLICT `self_action_forbidden` for the requester, and the maker of the key that asked;
 * `requester_set_password`, `approval_settled`
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
    await settleApproval(tx, { caller, row, makerId, decision, note });
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
