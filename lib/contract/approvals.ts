import { z } from "zod";
import { APPROVAL_KINDS, APPROVAL_STATES } from "@/lib/states/approval";
import { ACTOR_TYPES } from "@/lib/states/audit-entry";
import { admin, defineOperation } from "./operation";
import { Cursor, FromPrev, Limit, pageOf } from "./paging";
import { Email, GivenReach } from "./people";
import { Reason } from "./runs";
import { Timestamp, Uuid } from "./values";

const Actor = z.object({
  type: z.enum(ACTOR_TYPES),
  id: Uuid,
  name: z.string(),
  email: z.string().nullable(),
  key_prefix: z.string().nullable(),
});

export const Approval = z
  .object({
    id: Uuid,
    kind: z.enum(APPROVAL_KINDS),
    state: z.enum(APPROVAL_STATES),
    target: z.object({
      id: z.string().meta({ description: "An id; for `person.grant_admin` the person's email." }),
      label: z.string(),
    }),
    org_ids: z
      .array(Uuid)
      .meta({ description: "The customers concerned; empty if it concerns all of them." }),
    detail: z.record(z.string(), z.unknown()).meta({
      description: "The limits of an approval: `runs` at most for a bulk cancellation, `reach` for an admin.",
    }),
    reason: z.string(),
    requested_by: Actor,
    requested_at: Timestamp,
    expires_at: Timestamp.meta({
      description: "Until then it can be decided; once approved, until then its requester can use it.",
    }),
    decided_by: Actor.nullable(),
    decided_at: Timestamp.nullable(),
    decision_note: z.string().nullable(),
    withdrawn_at: Timestamp.nullable(),
    used_at: Timestamp.nullable(),
  })
  .meta({ id: "Approval", description: "A request to a second person, their decision, and its use." });
export type Approval = z.infer<typeof Approval>;

export const ApprovalPage = pageOf(Approval).meta({ id: "ApprovalPage" });
export type ApprovalPage = z.infer<typeof ApprovalPage>;

export const ApprovalListQuery = z.strictObject({
  state: z.enum(APPROVAL_STATES).optional(),
  limit: Limit,
  pq: Cursor,
  from_prev: FromPrev,
});
export type ApprovalListQuery = z.infer<typeof ApprovalListQuery>;

const Id = Uuid.toLowerCase();

export const RequestApprovalBody = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("run.cancel"), run_id: Id, reason: Reason }),
    z.strictObject({ kind: z.literal("batch.start"), batch_id: Id, reason: Reason }),
    z.strictObject({
      kind: z.literal("person.grant_admin"),
      email: Email,
      reach: GivenReach,
      reason: Reason,
    }),
    z.strictObject({ kind: z.literal("organization.unprotect"), organization_id: Id, reason: Reason }),
  ])
  .meta({ id: "RequestApproval" });
export type RequestApprovalBody = z.infer<typeof RequestApprovalBody>;

const DecisionBody = z.strictObject({ note: Reason.nullish() }).nullish().meta({ id: "ApprovalDecision" });
export type DecisionBody = z.infer<typeof DecisionBody>;

const WITHIN = { within: "no organization" } as const;
const PATH = "/v1/admin/approvals";
const DECIDE =
  "Only for another person with the same permission and access, signed in to the console: 409 " +
  "`self_action_forbidden` for the requester, 403 without the permission. 409 " +
  "`requester_set_password` for a person whose password was set through a link that the requester made and no email " +
  "carried. 409 `approval_settled` if it was " +
  "decided, withdrawn or has expired.";
/** A decision is a person's, made in the console. */
const decider = { ...admin("runs.cancel"), session: true } as const;

export const listApprovalsOperation = defineOperation({
  id: "listApprovals",
  method: "GET",
  path: PATH,
  summary: "List approval requests",
  description: "Newest first: your own, and those that concern only customers that you can access.",
  access: admin("runs.read"),
  query: ApprovalListQuery,
  responses: { 200: { description: "A page of requests.", body: ApprovalPage } },
});

export const requestApprovalOperation = defineOperation({
  id: "requestApproval",
  method: "POST",
  path: PATH,
  summary: "Ask a second person for approval",
  description:
    "For an action that was refused with 409 `approval_required`. People who may decide get an email. Once approved, " +
    "repeat the action within 4 hours; it uses up the approval. 409 `approval_not_required`, or `approval_pending` " +
    "for a second request for the same action.",
  access: admin("runs.cancel"),
  audits: "approval.requested",
  body: RequestApprovalBody,
  idempotent: WITHIN,
  refusals: [404, 409],
  responses: { 201: { description: "The request.", body: Approval } },
});

export const getApprovalOperation = defineOperation({
  id: "getApproval",
  method: "GET",
  path: `${PATH}/{approval_id}`,
  summary: "Read an approval request",
  access: admin("runs.read"),
  responses: { 200: { description: "The request.", body: Approval } },
});

export const approveRequestOperation = defineOperation({
  id: "approveRequest",
  method: "POST",
  path: `${PATH}/{approval_id}/approval`,
  summary: "Approve a request",
  description: DECIDE,
  access: decider,
  stepUp: true,
  audits: "approval.approved",
  body: DecisionBody,
  refusals: [409],
  responses: { 201: { description: "The request.", body: Approval } },
});

export const refuseRequestOperation = defineOperation({
  id: "refuseRequest",
  method: "POST",
  path: `${PATH}/{approval_id}/refusal`,
  summary: "Refuse a request",
  description: DECIDE,
  access: decider,
  stepUp: true,
  audits: "approval.refused",
  body: DecisionBody,
  refusals: [409],
  responses: { 201: { description: "The request.", body: Approval } },
});

export const withdrawRequestOperation = defineOperation({
  id: "withdrawRequest",
  method: "POST",
  path: `${PATH}/{approval_id}/withdrawal`,
  summary: "Withdraw your own request, or an approval that you have not used",
  access: admin("runs.cancel"),
  audits: "approval.withdrawn",
  refusals: [409],
  responses: { 201: { description: "The request.", body: Approval } },
});
