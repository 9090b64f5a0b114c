import { getApproval } from "@/lib/approval-requests/get-approval";
import { getApprovalOperation } from "@/lib/contract/approvals";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getApprovalOperation, async ({ db, caller, params }) => ({
    status: 200,
    body: await getApproval(db, caller, String(params["approval_id"])),
  })),
});
