import type { Approval as ApprovalRow } from "@/generated/prisma/client";
import { Approval } from "@/lib/contract/approvals";
import { formatTimestamp } from "@/lib/contract/values";
import type { ApprovalState } from "@/lib/states/approval";
import type { ActorSnapshot } from "@/lib/states/audit-entry";

const time = (date: Date | null): string | null => date && formatTimestamp(date);

function stateOf(row: ApprovalRow): ApprovalState {
  if (row.withdrawnAt) return "withdrawn";
  if (row.usedAt) return "used";
  if (row.decision === "refused") return "refused";
  if (row.expiresAt.getTime() <= Date.now()) return "expired";
  return row.decision === "approved" ? "approved" : "pending";
}

/** Converts a row to the contract's approval. */
export const toApproval = (row: ApprovalRow): Approval =>
  Approval.parse({
    id: row.id,
    kind: row.kind,
    state: stateOf(row),
    target: { id: row.targetId, label: row.targetLabel },
    org_ids: row.orgIds,
    detail: row.detail,
    reason: row.reason,
    requested_by: row.requester,
    requested_at: formatTimestamp(row.createdAt),
    expires_at: formatTimestamp(row.expiresAt),
    decided_by: row.decider,
    decided_at: time(row.decidedAt),
    decision_note: row.decisionNote,
    withdrawn_at: time(row.withdrawnAt),
    used_at: time(row.usedAt),
  });

/** Who acted, as an approval keeps it. */
export const toApprovalActor = ({ type, id, name, email, keyPrefix, maker }: ActorSnapshot) => ({
  type,
  id,
  name,
  email,
  key_prefix: keyPrefix,
  ...(maker && { maker_id: maker.id }),
});
