import type { Db } from "@/lib/platform/db/client";
import type { Caller } from "@/lib/states/caller";
import { doesGrantNeedApproval } from "./needs-approval";
import { grantDetail, takeApproval, type UsedApproval } from "./take-approval";

type Grant = { email: string; role: string; reach: Parameters<typeof grantDetail>[0] };

/**
 * Uses up an approval if this makes someone an admin and the policy asks for one.
 * @returns the entry's `meta` about it
 * @throws Refusal CONFLICT `approval_required`
 */
export async function takeGrant(
  tx: Db,
  caller: Caller,
  { email, role, reach }: Grant,
): Promise<{ approval?: UsedApproval }> {
  if (!doesGrantNeedApproval(role)) return {};
  const why = "Making someone an admin needs the approval of a second person.";
  const detail = grantDetail(reach);
  return {
    approval: await takeApproval(tx, { caller, kind: "person.grant_admin", targetId: email, detail, why }),
  };
}
