import { approvalPolicy } from "@/lib/approvals/approval-policy";
import { findApprovals } from "@/lib/approval-requests/find-approvals";
import type { ApprovalFilters } from "@/lib/client/approval-filters";
import { ApprovalListQuery } from "@/lib/contract/approvals";
import { OrganizationListQuery } from "@/lib/contract/organizations";
import { findOrganizations } from "@/lib/organizations/find-organizations";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import type { Caller } from "@/lib/states/caller";
import { loadPage } from "../load-page";

/** A list of approval requests, or why the URL has none, and the policy for people who may change it. */
export async function loadApprovalList(caller: Caller, { state }: ApprovalFilters, pq: string | undefined) {
  const query = ApprovalListQuery.safeParse({ state: state || undefined, pq }).data;
  const [page, protectedOnes] = await Promise.all([
    query && loadPage(() => withListPool(caller, (lists) => findApprovals(lists, caller, query))),
    caller.permissions.has("organizations.manage")
      ? withListPool(caller, (lists) =>
          findOrganizations(
            lists,
            caller.reach,
            OrganizationListQuery.parse({ protected: "true", limit: 100 }),
          ),
        )
      : undefined,
  ]);
  const problem = !query ? ("filter" as const) : page ? undefined : ("cursor" as const);
  return { page, problem, protectedOnes, policy: approvalPolicy() };
}
