import type { Permission } from "@/lib/identity/permissions";

/** What a permission lets one do, as the end of "May …". */
export const PERMISSION_WORDS: Record<Permission, string> = {
  "runs.read": "look runs up",
  "runs.create": "create runs",
  "runs.cancel": "cancel a run",
  "runs.cancel.bulk": "cancel many runs at once",
  "runs.payload.reveal": "reveal inputs and outputs",
  "audit.read": "read the audit trail",
  "audit.export": "export the audit trail",
  "audit.checkpoint": "ask for a checkpoint",
  "security.read": "see refused and failed attempts",
  "keys.manage": "make and revoke keys",
  "people.manage": "invite, change and disable people",
  "models.manage": "set when a run counts as stuck",
  "webhooks.manage": "manage webhooks and their secrets",
  "deliveries.redeliver": "send a delivery again",
  "billing.read": "see costs and balances",
  "operations.read": "see queues and workers",
  "views.manage": "change and delete the team’s views",
};
