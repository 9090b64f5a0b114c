import type { Approval as ApprovalRow } from "@/generated/prisma/client";
import type { Approval } from "@/lib/contract/approvals";
import { parseUuid } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import { type Caller, covers } from "@/lib/states/caller";
import { toApproval } from "./approval-record";

/**
 * Reads a request for its requester, and for callers who can access everything that it concerns.
 * @throws Refusal APPROVAL_NOT_FOUND
 */
export async function readApproval(db: Db, caller: Caller, approvalId: string): Promise<ApprovalRow> {
  const id = parseUuid(approvalId);
  const row = id === undefined ? null : await db.approval.findUnique({ where: { id } });
  const isVisible =
    row && (row.requesterId === caller.person.id || covers(caller.reach, { all: false, orgIds: row.orgIds }));
  if (!isVisible) throw new Refusal("APPROVAL_NOT_FOUND");
  return row;
}

/** @throws Refusal APPROVAL_NOT_FOUND */
export const getApproval = async (db: Db, caller: Caller, id: string): Promise<Approval> =>
  toApproval(await readApproval(db, caller, id));
