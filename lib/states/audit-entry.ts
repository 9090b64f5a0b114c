/** The closed sets of the audit trail; the database checks the same values. */
export const AUDIT_ACTIONS = [
  "run.cancelled",
  "run.payload_revealed",
  "metadata.compared",
  "batch.created",
  "batch.started",
  "batch.aborted",
  "batch.completed",
  "retention.applied",
  "approval.requested",
  "approval.approved",
  "approval.refused",
  "approval.withdrawn",
  "organization.protected",
  "organization.unprotected",
  "webhook.created",
  "webhook.updated",
  "webhook.deleted",
  "webhook.tested",
  "callback_secret.created",
  "callback_secret.promoted",
  "callback_secret.disabled",
  "delivery.redelivered",
  "job.retried",
  "model.updated",
  "view.created",
  "view.updated",
  "view.deleted",
  "session.started",
  "session.ended",
  "audit.exported",
  "audit.checkpoint_requested",
  "audit.month_retired",
  "key.created",
  "key.rotated",
  "key.link_created",
  "key.claimed",
  "key.suspended",
  "key.resumed",
  "key.revoked",
  "person.invited",
  "person.provisioned",
  "person.link_closed",
  "person.updated",
  "person.disabled",
  "person.enabled",
  "person.password_set",
  "person.password_changed",
  "person.factor_added",
  "person.factor_removed",
  "person.recovery_codes_made",
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Routine actions that change no run, key or person; lists hide them by default. */
export const ROUTINE_ACTIONS: readonly AuditAction[] = ["session.started", "session.ended", "audit.exported"];
export const TELLING_ACTIONS = AUDIT_ACTIONS.filter((action) => !ROUTINE_ACTIONS.includes(action));

export const AUDIT_TARGETS = [
  "run",
  "metadata",
  "batch",
  "retention",
  "approval",
  "organization",
  "webhook",
  "callback_secret",
  "delivery",
  "job",
  "model",
  "view",
  "session",
  "audit",
  "key",
  "person",
] as const;
export type AuditTarget = (typeof AUDIT_TARGETS)[number];

/** The part of an action before the dot. */
export type TargetOf<Action extends AuditAction> =
  Action extends `${infer Target extends AuditTarget}.${string}` ? Target : never;

/** A service key belongs to the platform, an inference key to a customer. */
export const ACTOR_TYPES = ["user", "service_key", "inference_key", "system"] as const;
export type ActorType = (typeof ACTOR_TYPES)[number];

export const AUDIT_SOURCES = ["dashboard", "api", "bulk", "system"] as const;
export type AuditSource = (typeof AUDIT_SOURCES)[number];

/** A copy of the actor at that time, so that later changes can't alter the entry. */
export type ActorSnapshot = {
  type: ActorType;
  id: string;
  name: string;
  email: string | null;
  role: string | null;
  keyPrefix: string | null;
  /** Only for a key. */
  owner?: ActorOwner;
  /** Only for a key whose maker is known. */
  maker?: ActorMaker;
};

/** The owner of a key, with their role at that time. */
export type ActorOwner = { id: string; name: string; role: string | null };

/** Who made a key. */
export type ActorMaker = { id: string; name: string; email: string };

/** Where the request came from. */
export type RequestContext = {
  source: AuditSource;
  ip: string | null;
  userAgent: string | null;
  requestId: string;
};
