import type { Approval as ApprovalRow } from "@/generated/prisma/client";
import type { Db } from "@/lib/platform/db/client";
import { conflict } from "@/lib/platform/errors";
import { APPROVAL_HOURS } from "@/lib/states/approval";
import type { Caller } from "@/lib/states/caller";
import { toApprovalActor } from "./approval-record";

type SettleApproval = {
  caller: Caller;
  row: Pick<ApprovalRow, "id" | "requesterId">;
  /** The maker of the key that asked. */
  makerId: string | null;
  decision: "approved" | "refused";
  note: string | null;
};

/**
 * Writes a decision. One guarded statement decides among concurrent decisions, a withdrawal and the expiry,
 * and refuses an account whose password the requester could have set: they could decide in its name.
 * @throws Refusal CONFLICT `requester_set_password`, `approval_settled`
 */
export async function settleApproval(
  tx: Db,
  { caller, row, makerId, decision, note }: SettleApproval,
): Promise<void> {
  const decider = caller.person.id;
  const askers = [row.requesterId, makerId].filter((id) => id !== null);
  const settled = await tx.$queryRaw<unknown[]>`
    UPDATE approvals SET decision = ${decision}, decider_id = ${decider}::uuid,
      decider = ${JSON.stringify(toApprovalActor(caller.actor))}::jsonb, decision_note = ${note},
      decided_at = date_trunc('milliseconds', now()),
      expires_at = CASE WHEN ${decision} = 'approved'
        THEN date_trunc('milliseconds', now()) + ${APPROVAL_HOURS}::int * interval '1 hour' ELSE expires_at END
    WHERE id = ${row.id}::uuid AND decision IS NULL AND withdrawn_at IS NULL AND expires_at > now()
      AND requester_id <> ${decider}::uuid
      AND NOT EXISTS (SELECT FROM password_notices n WHERE n.person_id = ${decider}::uuid
        AND NOT n.is_mailed AND n.link_made_by = ANY(${askers}::uuid[]))
    RETURNING id`;
  if (settled.length > 0) return;
  const handedOver = { personId: decider, isMailed: false, linkMadeBy: { in: askers } };
  if (await tx.passwordNotice.findFirst({ where: handedOver, select: { personId: true } }))
    throw conflict(
      "requester_set_password",
      "Your password was set through a link that the requester made, so someone else has to decide.",
    );
  throw conflict("approval_settled", "This request was decided, withdrawn, or has expired.");
}
