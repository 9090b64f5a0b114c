import { findApprovals } from "@/lib/approval-requests/find-approvals";
import { requestApproval } from "@/lib/approval-requests/request-approval";
import { listApprovalsOperation, requestApprovalOperation } from "@/lib/contract/approvals";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { withListPool } from "@/lib/platform/paging/with-list-pool";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listApprovalsOperation, async ({ caller, query }) => ({
    status: 200,
    body: await withListPool(caller, (lists) => findApprovals(lists, caller, query)),
  })),
  POST: bind(requestApprovalOperation, async ({ db, caller, context, body }) => ({
    status: 201,
    body: await requestApproval(db, { caller, context, body }),
  })),
});
