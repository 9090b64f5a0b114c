import { decideApproval } from "@/lib/approval-requests/decide-approval";
import { refuseRequestOperation } from "@/lib/contract/approvals";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(refuseRequestOperation, async ({ db, caller, context, params, body }) => {
    const id = String(params["approval_id"]);
    const decision = { caller, context, id, decision: "refused", note: body?.note ?? null } as const;
    return { status: 201, body: await decideApproval(db, decision) };
  }),
});
