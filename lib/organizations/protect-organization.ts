import { writeEntry } from "@/lib/audit/trail/write-entry";
import { takeApproval } from "@/lib/approvals/take-approval";
import type { Organization } from "@/lib/contract/organizations";
import type { Db } from "@/lib/platform/db/client";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { getOrganization } from "./get-organization";

type Protect = {
  caller: Caller;
  context: RequestContext;
  organizationId: string;
  reason: string;
  isProtected: boolean;
};
type Protected = { outcome: "transitioned" | "unchanged"; organization: Organization };

const WHY = "Removing a customer's protection needs the approval of a second person.";

/**
 * Protects an organization, or removes its protection with the approval of a second person.
 * @throws Refusal ORGANIZATION_NOT_FOUND
 * @throws Refusal CONFLICT `approval_required`
 */
export function protectOrganization(
  db: Db,
  { caller, context, organizationId, reason, isProtected }: Protect,
): Promise<Protected> {
  return db.$transaction(async (tx) => {
    const { id, name } = await getOrganization(tx, caller.reach, organizationId);
    const { count } = await tx.organization.updateMany({
      where: { id, isProtected: !isProtected },
      data: { isProtected },
    });
    const organization = await getOrganization(tx, caller.reach, id);
    if (count === 0) return { outcome: "unchanged", organization };
    const approval =
      !isProtected &&
      (await takeApproval(tx, { caller, kind: "organization.unprotect", targetId: id, why: WHY }));
    await writeEntry(tx, {
      caller,
      context,
      orgId: id,
      action: isProtected ? "organization.protected" : "organization.unprotected",
      target: { type: "organization", id, label: name },
      meta: { reason, ...(approval && { approval }) },
    });
    return { outcome: "transitioned", organization };
  });
}
