import type { Permission } from "@/lib/states/permissions";

/** What each permission allows. */
export const PERMISSION_WORDS: Record<Permission, string> = {
  "runs.read": "Find runs",
  "runs.create": "Create runs",
  "runs.cancel": "Cancel a run",
  "runs.cancel.bulk": "Cancel many runs at once",
  "runs.payload.reveal": "Reveal inputs and outputs",
  "audit.read": "Read the audit trail",
  "audit.export": "Export the audit trail",
  "audit.checkpoint": "Request checkpoints",
  "security.read": "See denied requests",
  "keys.read": "See keys and their activity",
  "keys.manage": "Create, suspend and revoke keys",
  "people.manage": "Invite, edit and disable people",
  "models.manage": "Set when a run counts as stuck",
  "organizations.manage": "Protect customers",
  "webhooks.manage": "Manage webhooks and their secrets",
  "deliveries.redeliver": "Redeliver events",
  "billing.read": "See costs and balances",
  "operations.read": "See queues and workers",
  "operations.manage": "Run failed jobs again",
  "views.manage": "Change and delete the team’s views",
};
