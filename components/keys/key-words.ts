import type { KeyKind, KeyState, SuspensionCause } from "@/lib/states/key";
import type { ADMIN_SCOPE, Permission } from "@/lib/states/permissions";

export const KIND_WORDS: Record<KeyKind, string> = { service: "Service key", inference: "Inference key" };

export const STATE_WORDS: Record<KeyState, string> = {
  active: "Active",
  pending: "Not claimed",
  suspended: "Suspended",
  expired: "Expired",
  revoked: "Revoked",
};

/** Why a key doesn't work, and who can change that. */
export const CAUSE_WORDS: Record<Exclude<SuspensionCause, "requested">, string> = {
  owner_disabled: "Not working: its owner is disabled.",
  owner_unverified: "Not working: its owner’s email address is not verified.",
  owner_lost_access: "Not working: its owner lost access to the customer.",
  maker_disabled: "Not working: the person who made it is disabled.",
};

/** What each scope allows. */
export const SCOPE_WORDS: Record<Permission | typeof ADMIN_SCOPE, string> = {
  admin: "Use the admin API",
  "runs.read": "Read runs, including payloads",
  "runs.create": "Create runs",
  "runs.cancel": "Cancel a run",
  "runs.cancel.bulk": "Cancel many runs at once",
  "runs.payload.reveal": "Reveal payloads",
  "audit.read": "Read the audit trail",
  "audit.export": "Export the audit trail",
  "audit.checkpoint": "Request checkpoints",
  "security.read": "Read denied requests",
  "keys.read": "See keys",
  "keys.manage": "Create, suspend and revoke keys",
  "people.manage": "Manage people",
  "models.manage": "Change models",
  "organizations.manage": "Protect customers",
  "webhooks.manage": "Manage webhooks and their secrets",
  "deliveries.redeliver": "Redeliver events",
  "billing.read": "Read balances",
  "operations.read": "Read queues, processes and lags",
  "operations.manage": "Run failed jobs again",
  "views.manage": "Change the team’s views",
};
