import type { AuditAction } from "@/lib/states/audit-entry";

type Described = {
  /** Whose chain the entry is in: that of the customer whose matter it is, or the platform's own where it is nobody's. */
  chain: "customer" | "platform" | "either";
  /** What was done, and what `meta` says of it. */
  says: string;
};

/** Every action that an entry can have; docs/audit-actions.md is made of this. */
export const ACTIONS: Record<AuditAction, Described> = {
  "run.cancelled": {
    chain: "customer",
    says: "A run was cancelled. `meta.status_before` and `meta.status_after` say from what to what.",
  },
  "run.payload_revealed": {
    chain: "customer",
    says: "Somebody got to see a run's payloads for a while; there is always a `meta.reason`.",
  },
  "webhook.created": { chain: "customer", says: "An address was subscribed to `meta.event_types`." },
  "webhook.updated": {
    chain: "customer",
    says: "A webhook was changed. `meta.changes` has what differs, each as [before, after].",
  },
  "webhook.deleted": { chain: "customer", says: "A webhook was ended." },
  "webhook.tested": { chain: "customer", says: "A webhook was sent an event about a run that never was." },
  "callback_secret.created": {
    chain: "customer",
    says: "A secret that signs callbacks was made. The entry has its last characters, never the secret.",
  },
  "callback_secret.promoted": { chain: "customer", says: "Another secret signs from now on." },
  "callback_secret.disabled": { chain: "customer", says: "A secret was ended for good." },
  "delivery.redelivered": {
    chain: "customer",
    says: "What a run came to was sent once more, to its callback or to `meta.webhook_id`.",
  },
  "model.updated": {
    chain: "platform",
    says: "A model's settings were changed; `meta.changes` as for a webhook.",
  },
  "view.created": { chain: "platform", says: "A list of runs was saved under a name." },
  "view.updated": { chain: "platform", says: "A saved list was changed; `meta.changes` as for a webhook." },
  "view.deleted": {
    chain: "platform",
    says: "A saved list was deleted. `meta` has its scope and query as they were.",
  },
  "session.started": {
    chain: "platform",
    says: "A person signed in. The session ends by itself at `meta.expires_at`, which leaves no entry of its own.",
  },
  "session.ended": {
    chain: "platform",
    says: "A session was ended before its time. `meta.cause` is `signed_out`, or `replaced` when somebody signed in anew in the same browser, `person_disabled`, or `password_set`: the actor is whoever did that.",
  },
  "audit.exported": {
    chain: "platform",
    says: "Entries left the trail as a file; `meta` has its format, its filter, and the organizations where not all were in reach.",
  },
  "audit.checkpoint_requested": {
    chain: "platform",
    says: "A checkpoint was asked for, beside those by the clock.",
  },
  "audit.month_retired": {
    chain: "platform",
    says: "The entries of a month were taken out of the database after they were kept elsewhere.",
  },
  "key.created": {
    chain: "either",
    says: "A key was made. `meta` has its kind, owner, scopes, reach and expiry as they were; never the key.",
  },
  "key.revoked": {
    chain: "either",
    says: "A key was revoked for good; there is always a `meta.reason`, and `meta.owner` is whose key it was.",
  },
  "person.invited": {
    chain: "platform",
    says: "A person got a link to set a password: somebody new with `meta.role` and `meta.reach`, or again, which `meta.is_renewal` says. The link itself is nowhere.",
  },
  "person.updated": {
    chain: "platform",
    says: "A person's name, role or reach was changed; `meta.changes` as for a webhook.",
  },
  "person.disabled": {
    chain: "platform",
    says: "A person was disabled, always with a `meta.reason`; their sessions end with an entry each.",
  },
  "person.enabled": { chain: "platform", says: "A person who was disabled may sign in again." },
  "person.password_set": {
    chain: "platform",
    says: "A person used their link to set a password, which also verifies their e-mail. Their sessions end with an entry each.",
  },
};

type Change = { audits: readonly AuditAction[] } | { exempt: string };

/** What changes data without being an operation of the API. Those declare it themselves, as `audits`. */
export const OTHER_CHANGES: Readonly<Record<string, Change>> = {
  "Signing in": { audits: ["session.started", "session.ended"] },
  "Signing out": { audits: ["session.ended"] },
  "npm run admin:invite": { audits: ["person.invited"] },
  "Retiring a month": { audits: ["audit.month_retired"] },
  "Task compute_envelopes": {
    exempt: "Figures that follow from runs, which anyone can compute again.",
  },
  "Task attempt_delivery": {
    exempt: "Every attempt is kept in delivery_attempts, which is append-only, and nobody decides on it.",
  },
  "The workers' heartbeat": {
    exempt: "It records which workers are alive and releases the jobs of dead ones.",
  },
  "Leader election": {
    exempt: "Which worker seals, forwards or copies doesn't affect any decision that people make.",
  },
  "Task forget_expired": { exempt: "Answers that are kept for retries are forgotten after 24 hours." },
  "Task make_months": { exempt: "It makes empty tables for the months to come." },
  "Task drop_security_events": {
    exempt:
      "Refused and failed attempts changed nothing. They are kept for the months that SECURITY_EVENT_MONTHS sets, then whole months are dropped, and the log says so.",
  },
  "Task make_checkpoint": {
    exempt:
      "Checkpoints vouch for the trail from outside of it, are append-only, and each names the one before.",
  },
  "Copying checkpoints": {
    exempt:
      "What is where is kept for each copy in audit_checkpoint_publications, and the copies speak for themselves.",
  },
  Sealing: { exempt: "Seals are part of the trail itself, append-only and checked by the database." },
  "Last use of a key": {
    exempt: "A moment that is kept to the minute; what was done with the key is recorded.",
  },
  "npm run migrate": {
    exempt:
      "It needs the database's owner, who is outside of what the console can vouch for; checkpoints vouch for what was there before.",
  },
  "npm run demo": {
    exempt: "It seeds an empty database as its owner. What people do in it afterwards is recorded.",
  },
};
