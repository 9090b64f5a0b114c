import { decideApproval } from "@/lib/approval-requests/decide-approval";
import { approveRequestOperation } from "@/lib/contract/approvals";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(approveRequestOperation, async ({ db, caller, context, params, body }) => {
    const id = String(params["approval_id"]);
    const decision = { caller, context, id, decision: "approved", note: body?.note ?? null } as const;
    return { status: 201, body: await decideApproval(db, decision) };
  }),
});
