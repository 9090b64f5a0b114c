import type { RequestApprovalBody } from "@/lib/contract/approvals";
import { send } from "./send";

const PATH = "/v1/admin/approvals";

type WithoutReason<Body> = Body extends unknown ? Omit<Body, "reason"> : never;
/** The action that a second person is to approve. */
export type ApprovalAction = WithoutReason<RequestApprovalBody>;

const loadApproval = async () => (await import("@/lib/contract/approvals")).Approval;

export const requestApproval = (action: ApprovalAction, reason: string, idempotencyKey: string) =>
  send(loadApproval, { method: "POST", path: PATH, body: { ...action, reason }, idempotencyKey });

export type Decision = "approval" | "refusal";

export const decideApproval = (id: string, decision: Decision, note: string | null) =>
  send(loadApproval, { method: "POST", path: `${PATH}/${id}/${decision}`, body: { note } });

export const withdrawApproval = (id: string) =>
  send(loadApproval, { method: "POST", path: `${PATH}/${id}/withdrawal` });

const loadOrganization = async () => (await import("@/lib/contract/organizations")).Organization;

export const protectCustomer = (
  id: string,
  change: "protection" | "unprotection",
  body: { reason: string },
) => send(loadOrganization, { method: "POST", path: `/v1/admin/organizations/${id}/${change}`, body });
