import type { AuditAction } from "@/lib/states/audit-entry";

type Described = {
  /** The chain that has the entry: the concerned customer's or the platform's. */
  chain: "customer" | "platform" | "either";
  /** The event, and the contents of `meta`. */
  says: string;
};

/** Every audit action; generates docs/audit-actions.md. */
export const ACTIONS: Record<AuditAction, Described> = {
  "run.cancelled": {
    chain: "customer",
    says: "A run was canceled. `meta.status_before` and `meta.status_after` are its statuses before and after.",
  },
  "run.payload_revealed": {
    chain: "customer",
    says: "Someone revealed a run's payloads for a limited time; always with a `meta.reason`.",
  },
  "metadata.compared": {
    chain: "platform",
    says: "A person filtered runs by values of metadata, which lists mask. `meta.expression` is the whole filter; the same one is recorded once in ten minutes. The target's id is derived from the filter.",
  },
  "batch.created": {
    chain: "either",
    says: "A bulk cancellation was planned; `meta.counts` has the number of runs, and no run was changed.",
  },
  "batch.started": {
    chain: "either",
    says: "A bulk cancellation was started, or retried (`meta.is_retry`), in the name of the actor. Each run that it cancels has its own entry with `meta.batch_id`.",
  },
  "batch.aborted": {
    chain: "either",
    says: "A bulk cancellation was aborted; `meta.progress` has the runs by outcome until then.",
  },
  "batch.completed": {
    chain: "either",
    says: "A bulk cancellation has settled every run; `meta.progress` has them by outcome. The actor started it.",
  },
  "retention.applied": {
    chain: "platform",
    says: "Ended runs were deleted, `meta.runs` of `meta.customers` customers, as RETAIN_RUNS_DAYS says (`meta.days`). Entries about them stay.",
  },
  "approval.requested": {
    chain: "either",
    says: "A person asked for the approval of a second person. The target's label names the action; `meta.kind` is its kind, `meta.subject` its target.",
  },
  "approval.approved": {
    chain: "either",
    says: "A second person approved a request, so that the requester can do it once. `meta.requester` asked for it; `meta.request_reason` is why.",
  },
  "approval.refused": {
    chain: "either",
    says: "A second person refused a request; `meta` as for an approval.",
  },
  "approval.withdrawn": { chain: "either", says: "The requester took a request back." },
  "organization.protected": {
    chain: "customer",
    says: "A customer was protected: canceling its runs needs a second person.",
  },
  "organization.unprotected": {
    chain: "customer",
    says: "A customer's protection was removed, with `meta.approval`.",
  },
  "webhook.created": { chain: "customer", says: "A webhook was created for `meta.event_types`." },
  "webhook.updated": {
    chain: "customer",
    says: "A webhook was changed. `meta.changes` has the differences, each as [before, after].",
  },
  "webhook.deleted": { chain: "customer", says: "A webhook was deleted; its deliveries are kept." },
  "webhook.tested": { chain: "customer", says: "A test event about a made-up run was sent to a webhook." },
  "callback_secret.created": {
    chain: "customer",
    says: "A callback secret was created. The entry has its last characters, never the secret.",
  },
  "callback_secret.promoted": { chain: "customer", says: "Another secret signs from now on." },
  "callback_secret.disabled": { chain: "customer", says: "A secret was disabled permanently." },
  "delivery.redelivered": {
    chain: "customer",
    says: "A run's result was sent again, to its callback or to `meta.webhook_id`.",
  },
  "job.retried": {
    chain: "platform",
    says: "A background job that had failed for good was run once more. `meta.job_id` and `meta.task` name it, and the target's id is derived from the job's; `meta.attempts` had failed before.",
  },
  "model.updated": {
    chain: "platform",
    says: "A model's settings were changed; `meta.changes` as for a webhook.",
  },
  "view.created": { chain: "platform", says: "A view of the run list was saved." },
  "view.updated": { chain: "platform", says: "A view was changed; `meta.changes` as for a webhook." },
  "view.deleted": {
    chain: "platform",
    says: "A view was deleted. `meta` has its last scope and query.",
  },
  "session.started": {
    chain: "platform",
    says: "A person signed in. `meta.authenticated_with` is what they proved. The session expires at `meta.expires_at`, or earlier without use; neither writes a separate entry. With `meta.is_break_glass`, an admin used a password although only identity providers should sign people in; with `meta.provider`, that provider did.",
  },
  "session.ended": {
    chain: "platform",
    says: "A session ended early. `meta.cause` is `signed_out`, `replaced` (someone signed in again in the same browser), `ended_elsewhere` (the person ended it from another session), `too_many_sessions` (the person signed in more than ten times), `person_disabled`, `password_set`, `password_changed`, `identity_linked` (the person now signs in with an identity provider), or `provider_refused` (the identity provider no longer vouches for the person); the actor is the person who caused it.",
  },
  "audit.exported": {
    chain: "platform",
    says: "Entries were exported; `meta` has the format, the filter, and the organizations unless all were in reach.",
  },
  "audit.checkpoint_requested": {
    chain: "platform",
    says: "A checkpoint was requested, in addition to the scheduled ones.",
  },
  "audit.month_retired": {
    chain: "platform",
    says: "A month's entries were archived elsewhere and removed from the database.",
  },
  "key.created": {
    chain: "either",
    says: "A key was created. `meta` has its kind, owner, scopes, reach and expiry; never the key. With `meta.is_pending`, its owner gets it through a link.",
  },
  "key.link_created": {
    chain: "customer",
    says: "A pending key got another link that lets its owner claim it. The link itself is not stored.",
  },
  "key.claimed": {
    chain: "customer",
    says: "Someone opened the link of a pending key and got the key. Anyone who has the link can do this, so the actor is the holder of the link, with the id of the key's owner; `meta.link` names who made it.",
  },
  "key.rotated": {
    chain: "either",
    says: "A key was rotated: `meta.rotated_to` is its successor, whose own `key.created` precedes this, and the old key stops working at `meta.expires_at`.",
  },
  "key.suspended": {
    chain: "either",
    says: "A key was suspended until `meta.suspended_until`, when it works again without a separate entry; always with a `meta.reason`.",
  },
  "key.resumed": {
    chain: "either",
    says: "A key's suspension ended early; `meta.suspended_until` is when it would have ended.",
  },
  "key.revoked": {
    chain: "either",
    says: "A key was revoked permanently; always with a `meta.reason`, and `meta.owner` is the key's owner. The system revokes a key that was reported as leaked, with `meta.source_url` if the report had one.",
  },
  "person.invited": {
    chain: "platform",
    says: "A person got a link to set a password: a new person, with `meta.role` and `meta.reach`, or an existing one (`meta.is_renewal`). The link itself is not stored.",
  },
  "person.link_closed": {
    chain: "platform",
    says: "An open password link ended, because its maker (`meta.link`) was disabled by the actor.",
  },
  "person.provisioned": {
    chain: "platform",
    says: "An identity provider made a person, with `meta.role` and `meta.reach`. `meta.provider` and `meta.subject` identify the account there.",
  },
  "person.updated": {
    chain: "platform",
    says: "A person's name, role, reach, email or way to sign in was changed; `meta.changes` as for a webhook. With `meta.provider`, an identity provider changed it.",
  },
  "person.disabled": {
    chain: "platform",
    says: "A person was disabled, always with a `meta.reason`; each of their sessions, and each open link that they made, ends with an entry.",
  },
  "person.enabled": { chain: "platform", says: "A disabled person may sign in again." },
  "person.password_set": {
    chain: "platform",
    says: "A person's password was set through a link. `meta.link.made_by` made the link, and could have used it; null if it was made on the server. With `meta.verifies_email`, the email counts as verified from then on, although the link may not have been sent there. Each of the person's sessions ends with an entry.",
  },
  "person.password_changed": {
    chain: "platform",
    says: "A person who was signed in changed their own password. Each of their other sessions ends with an entry.",
  },
  "person.factor_added": {
    chain: "platform",
    says: "A person added an authenticator app or a passkey, which `meta.factor` names. With the first one, each of their other sessions ends with an entry.",
  },
  "person.factor_removed": {
    chain: "platform",
    says: "A person removed a second factor, or an admin removed all of a colleague's (`meta.is_reset`), whose sessions then end with an entry each. `meta.factors` names them.",
  },
  "person.recovery_codes_made": {
    chain: "platform",
    says: "A person created recovery codes, which replace the earlier ones. The entry has no code.",
  },
};

type Change = { audits: readonly AuditAction[] } | { exempt: string };

/** Changes outside API operations, which declare theirs as `audits`. */
export const OTHER_CHANGES: Readonly<Record<string, Change>> = {
  "Signing in": { audits: ["session.started", "session.ended"] },
  "Signing in with an identity provider": {
    audits: [
      "session.started",
      "session.ended",
      "person.provisioned",
      "person.updated",
      "person.disabled",
      "person.enabled",
    ],
  },
  "Asking an identity provider again": {
    audits: ["session.ended", "person.updated", "person.disabled"],
  },
  "SCIM: creating, changing or deactivating a person": {
    audits: [
      "person.provisioned",
      "person.updated",
      "person.disabled",
      "person.enabled",
      "session.ended",
      "batch.aborted",
    ],
  },
  "Signing out": { audits: ["session.ended"] },
  "Filtering runs by values of metadata": { audits: ["metadata.compared"] },
  "Disabling a person who made links": { audits: ["person.link_closed"] },
  "npm run admin:invite": { audits: ["person.invited"] },
  "Retiring a month": { audits: ["audit.month_retired"] },
  "Task cancel_batch": { audits: ["run.cancelled", "batch.completed"] },
  "Task compute_envelopes": {
    exempt: "Derived from runs and recomputable by anyone.",
  },
  "Task attempt_delivery": {
    exempt: "Every attempt is kept in the append-only delivery_attempts, and no person decides on it.",
  },
  "The workers' heartbeat": {
    exempt: "It records which workers are alive and releases the jobs of dead ones.",
  },
  "The registry of processes": {
    exempt: "It records which web servers and workers are running, and their version.",
  },
  "Leader election": {
    exempt: "Which worker seals, forwards or copies affects no decision that people make.",
  },
  "Task forget_expired": { exempt: "Responses stored for retries are deleted after 24 hours." },
  "Task make_months": { exempt: "It creates empty tables for the coming months." },
  "Task delete_old_runs": { audits: ["retention.applied"] },
  "Task drop_security_events": {
    exempt:
      "Refused and failed attempts changed nothing. They are kept for SECURITY_EVENT_MONTHS months, then dropped by whole months, which the log reports.",
  },
  "Task make_checkpoint": {
    exempt: "Checkpoints cover the trail from outside, are append-only, and each names the previous one.",
  },
  "Copying checkpoints": {
    exempt: "audit_checkpoint_publications records each copy, and the copies can be verified alone.",
  },
  Sealing: { exempt: "Seals are part of the trail itself, append-only and checked by the database." },
  "Task send_mail": {
    exempt: "It sends an email that another change queued; that change has its entry.",
  },
  "Task warn_key_owners": {
    exempt: "It records once that an owner was warned of a key's expiry, in key_notices, and changes no key.",
  },
  "Last use of a key": {
    exempt: "A time and address updated at most once a minute; the key's uses themselves are recorded.",
  },
  "Last use of a session": {
    exempt: "A timestamp updated at most once a minute, which lets sessions end that nobody uses.",
  },
  "npm run migrate": {
    exempt:
      "It needs the database owner, whom the console can't control; checkpoints cover everything before.",
  },
  "npm run demo": {
    exempt: "It seeds an empty database as its owner. Later changes by people are recorded.",
  },
};
