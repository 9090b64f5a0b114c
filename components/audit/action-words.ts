import { AUDIT_ACTIONS, type AuditAction } from "@/lib/states/audit-entry";

/** Labels for audit actions; the code is shown next to them where it matters. */
export const ACTION_WORDS: Record<AuditAction, string> = {
  "run.cancelled": "Canceled run",
  "run.payload_revealed": "Revealed payloads",
  "metadata.compared": "Compared metadata",
  "batch.created": "Planned bulk cancellation",
  "batch.started": "Started bulk cancellation",
  "batch.aborted": "Aborted bulk cancellation",
  "batch.completed": "Finished bulk cancellation",
  "retention.applied": "Deleted old runs",
  "approval.requested": "Requested approval",
  "approval.approved": "Approved request",
  "approval.refused": "Refused request",
  "approval.withdrawn": "Withdrew request",
  "organization.protected": "Protected customer",
  "organization.unprotected": "Unprotected customer",
  "webhook.created": "Created webhook",
  "webhook.updated": "Changed webhook",
  "webhook.deleted": "Deleted webhook",
  "webhook.tested": "Tested webhook",
  "callback_secret.created": "Created secret",
  "callback_secret.promoted": "Promoted secret",
  "callback_secret.disabled": "Disabled secret",
  "delivery.redelivered": "Redelivered",
  "job.retried": "Ran job again",
  "model.updated": "Changed model",
  "view.created": "Saved view",
  "view.updated": "Changed view",
  "view.deleted": "Deleted view",
  "session.started": "Signed in",
  "session.ended": "Ended session",
  "audit.exported": "Exported entries",
  "audit.checkpoint_requested": "Requested checkpoint",
  "audit.month_retired": "Archived month",
  "key.created": "Created key",
  "key.link_created": "Created key link",
  "key.claimed": "Claimed key",
  "key.rotated": "Rotated key",
  "key.suspended": "Suspended key",
  "key.resumed": "Resumed key",
  "key.revoked": "Revoked key",
  "person.invited": "Invited person",
  "person.link_closed": "Closed link",
  "person.provisioned": "Provisioned person",
  "person.updated": "Changed person",
  "person.disabled": "Disabled person",
  "person.enabled": "Enabled person",
  "person.password_set": "Set password",
  "person.password_changed": "Changed own password",
  "person.factor_added": "Added second factor",
  "person.factor_removed": "Removed second factor",
  "person.recovery_codes_made": "Created recovery codes",
};

const GROUPS: [name: string, prefixes: string[]][] = [
  ["Runs", ["run", "metadata", "batch", "delivery", "retention"]],
  ["Approvals", ["approval", "organization"]],
  ["Keys", ["key"]],
  ["People", ["person"]],
  ["Webhooks and secrets", ["webhook", "callback_secret"]],
  ["Settings", ["model", "view"]],
  ["Operations", ["job"]],
  ["Audit trail", ["audit"]],
  ["Sessions", ["session"]],
];

/** Audit actions as options, grouped by target and sorted by name. */
export const ACTION_OPTIONS = GROUPS.flatMap(([group, prefixes]) =>
  AUDIT_ACTIONS.filter((action) => prefixes.includes(action.split(".")[0]!))
    .map((action) => ({ value: action, label: ACTION_WORDS[action], group }))
    .sort((a, b) => a.label.localeCompare(b.label)),
);
