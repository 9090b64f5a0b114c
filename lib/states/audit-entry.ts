/** The closed sets of the audit trail; the database checks the same ones. */
export const AUDIT_ACTIONS = [
  "run.cancelled",
  "run.payload_revealed",
  "webhook.created",
  "webhook.updated",
  "webhook.deleted",
  "webhook.tested",
  "callback_secret.created",
  "callback_secret.promoted",
  "callback_secret.disabled",
  "delivery.redelivered",
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
  "key.revoked",
  "person.invited",
  "person.updated",
  "person.disabled",
  "person.enabled",
  "person.password_set",
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const AUDIT_TARGETS = [
  "run",
  "webhook",
  "callback_secret",
  "delivery",
  "model",
  "view",
  "session",
  "audit",
  "key",
  "person",
] as const;
export type AuditTarget = (typeof AUDIT_TARGETS)[number];

/** What an action is done to stands before its dot. */
export type TargetOf<Action extends AuditAction> =
  Action extends `${infer Target extends AuditTarget}.${string}` ? Target : never;

/** A service key is one of ours, an inference key a customer's. */
export const ACTOR_TYPES = ["user", "service_key", "inference_key", "system"] as const;
export type ActorType = (typeof ACTOR_TYPES)[number];

export const AUDIT_SOURCES = ["dashboard", "api", "bulk", "system"] as const;
export type AuditSource = (typeof AUDIT_SOURCES)[number];

/** Who did it, as they were at that moment: copied into the entry, so that nothing later can change it. */
export type ActorSnapshot = {
  type: ActorType;
  id: string;
  name: string;
  email: string | null;
  role: string | null;
  keyPrefix: string | null;
  /** Of a service key. */
  owner?: ActorOwner;
};

/** Whose service key it is, with the role that they have at that moment. */
export type ActorOwner = { id: string; name: string; role: string | null };

/** From where it was done. */
export type RequestContext = {
  source: AuditSource;
  ip: string | null;
  userAgent: string | null;
  requestId: string;
};
