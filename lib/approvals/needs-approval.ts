import type { Db } from "@/lib/platform/db/client";
import { approvalPolicy } from "./approval-policy";

/** Why a plan needs a second person, or undefined. @param runs the number that it would cancel */
export async function whyStartNeedsApproval(
  db: Db,
  orgIds: readonly string[],
  runs: number,
): Promise<string | undefined> {
  const { aboveRuns } = approvalPolicy();
  if (aboveRuns !== undefined && runs > aboveRuns) {
    return `Canceling more than ${aboveRuns.toLocaleString("en")} runs needs the approval of a second person.`;
  }
  if (await areProtected(db, orgIds)) {
    return "The plan contains runs of a protected customer, so a second person must approve it.";
  }
  return undefined;
}

/** Why a retry needs a second person, or undefined. An approval of its start covers its retries. */
export async function whyRetryNeedsApproval(
  db: Db,
  { id, orgIds }: { id: string; orgIds: readonly string[] },
  runs: number,
): Promise<string | undefined> {
  const used = { kind: "batch.start", targetId: id, usedAt: { not: null } };
  if (await db.approval.findFirst({ where: used, select: { id: true } })) return undefined;
  return whyStartNeedsApproval(db, orgIds, runs);
}

/** Whether one of these customers is protected. */
export async function areProtected(db: Db, orgIds: readonly string[]): Promise<boolean> {
  return (await db.organization.count({ where: { id: { in: [...orgIds] }, isProtected: true } })) > 0;
}

/** Whether making someone an admin, or giving an admin other customers, needs a second person. */
export const doesGrantNeedApproval = (role: string): boolean =>
  role === "admin" && approvalPolicy().forAdmins;
