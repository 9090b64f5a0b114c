import type { AuditAction } from "@/lib/audit/audit-entry";

/** What was done, in words; the code stands beside it where it matters. */
export const ACTION_WORDS: Record<AuditAction, string> = {
  "run.cancelled": "Cancelled a run",
  "run.payload_revealed": "Revealed payloads",
  "webhook.created": "Created a webhook",
  "webhook.updated": "Changed a webhook",
  "webhook.deleted": "Deleted a webhook",
  "webhook.tested": "Tested a webhook",
  "callback_secret.created": "Made a callback secret",
  "callback_secret.promoted": "Promoted a callback secret",
  "callback_secret.disabled": "Disabled a callback secret",
  "delivery.redelivered": "Delivered again",
  "model.updated": "Changed a model",
  "view.created": "Saved a view",
  "view.updated": "Changed a view",
  "view.deleted": "Deleted a view",
  "session.started": "Signed in",
  "session.ended": "Ended a session",
  "audit.exported": "Exported entries",
  "audit.checkpoint_requested": "Asked for a checkpoint",
  "audit.month_retired": "Retired a month",
  "key.created": "Made a key",
  "key.revoked": "Revoked a key",
};
