import type { Permission } from "./permissions";

/** What may need a second person. SQL, API, console and tests all derive from here. */
export const APPROVAL_KINDS = [
  "run.cancel",
  "batch.start",
  "person.grant_admin",
  "organization.unprotect",
] as const;
export type ApprovalKind = (typeof APPROVAL_KINDS)[number];

/** What requester and second person both need. */
export const APPROVAL_PERMISSIONS: Record<ApprovalKind, Permission> = {
  "run.cancel": "runs.cancel",
  "batch.start": "runs.cancel.bulk",
  "person.grant_admin": "people.manage",
  "organization.unprotect": "organizations.manage",
};

const ACTIONS: Record<ApprovalKind, (label: string) => string> = {
  "run.cancel": (label) => `Cancel a run of ${label}`,
  "batch.start": (label) => `Cancel ${label}`,
  "person.grant_admin": (label) => `Make ${label} an admin`,
  "organization.unprotect": (label) => `Remove the protection of ${label}`,
};

/** The action of a request, for people. @param label its target's */
export const nameAction = (kind: ApprovalKind, label: string): string => ACTIONS[kind](label);

/** `approved` until its one use; `expired` if nobody decided in time, or the requester didn't use it. */
export const APPROVAL_STATES = ["pending", "approved", "refused", "withdrawn", "used", "expired"] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

/** @property aboveRuns a bulk cancellation of more runs needs a second person */
export type ApprovalPolicy = { aboveRuns: number | undefined; forAdmins: boolean };

/** How long a request can be decided. */
export const REQUEST_HOURS = 24;
/** How long the requester can use an approval. */
export const APPROVAL_HOURS = 4;
