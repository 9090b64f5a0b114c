import { withdrawApproval } from "@/lib/approval-requests/withdraw-approval";
import { withdrawRequestOperation } from "@/lib/contract/approvals";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(withdrawRequestOperation, async ({ db, caller, context, params }) => ({
    status: 201,
    body: await withdrawApproval(db, { caller, context, id: String(params["approval_id"]) }),
  })),
});
