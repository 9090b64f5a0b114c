import { z } from "zod";
import { admin, defineOperation } from "./operation";
import { Cursor, FromPrev, Limit, pageOf } from "./paging";
import { Timestamp } from "./values";

const KeyId = z.string().regex(/^[0-9a-f]{8}$/);

export const CheckpointCopy = z
  .object({
    target: z.string(),
    /** Null while the copy is missing. */
    published_at: Timestamp.nullable(),
    attempts: z.int(),
    last_error: z.string().nullable(),
    next_attempt_at: Timestamp.nullable(),
  })
  .meta({ id: "CheckpointCopy", description: "A place that keeps copies, and whether it has this one." });

export const AuditCheckpoint = z
  .object({
    number: z.int(),
    position: z.int(),
    orgs: z.int(),
    root: z.string(),
    time: Timestamp,
    note: z.string().meta({ description: "The whole signed note, for comparison with copies." }),
    key_ids: z.array(KeyId).meta({ description: "Ids of the keys that signed." }),
    publications: z.array(CheckpointCopy),
  })
  .meta({
    id: "AuditCheckpoint",
    description: "A signed note that covers every entry up to its position.",
  });
export type AuditCheckpoint = z.infer<typeof AuditCheckpoint>;

export const AuditCheckpointPage = pageOf(AuditCheckpoint).meta({ id: "AuditCheckpointPage" });
export type AuditCheckpointPage = z.infer<typeof AuditCheckpointPage>;

export const CheckpointListQuery = z.strictObject({ limit: Limit, pq: Cursor, from_prev: FromPrev });
export type CheckpointListQuery = z.infer<typeof CheckpointListQuery>;

export const listCheckpointsOperation = defineOperation({
  id: "listCheckpoints",
  method: "GET",
  path: "/v1/admin/audit-log/checkpoints",
  summary: "List checkpoints of the audit trail, newest first",
  access: admin("audit.read"),
  query: CheckpointListQuery,
  responses: { 200: { description: "A page of checkpoints.", body: AuditCheckpointPage } },
});

export const RequestedCheckpoint = z.object({ newest_number: z.int().nullable() }).meta({
  id: "RequestedCheckpoint",
  description: "The newest checkpoint so far. The requested one will have a higher number.",
});
export type RequestedCheckpoint = z.infer<typeof RequestedCheckpoint>;

export const requestCheckpointOperation = defineOperation({
  id: "requestCheckpoint",
  method: "POST",
  path: "/v1/admin/audit-log/checkpoints",
  summary: "Request a checkpoint now",
  description:
    "The worker makes a checkpoint every minute if new entries were sealed. This requests one within seconds that covers " +
    "everything so far, including this request's own entry. It appears in the list.",
  access: admin("audit.checkpoint"),
  audits: "audit.checkpoint_requested",
  idempotent: { within: "no organization" },
  responses: { 202: { description: "The checkpoint was requested.", body: RequestedCheckpoint } },
});

export const AuditKey = z.object({ key_id: KeyId, verifier_key: z.string(), first_used_at: Timestamp }).meta({
  id: "AuditKey",
  description:
    "A key that signed checkpoints, as a signed-note verifier key. Keep a copy elsewhere, because a forger could replace it here.",
});
export type AuditKey = z.infer<typeof AuditKey>;

export const listAuditKeysOperation = defineOperation({
  id: "listAuditKeys",
  method: "GET",
  path: "/v1/admin/audit-log/keys",
  summary: "List the keys that verify checkpoints, newest first",
  access: admin("audit.read"),
  responses: {
    200: {
      description: "All keys ever configured.",
      body: z.object({ items: z.array(AuditKey) }),
    },
  },
});
