import { Prisma } from "@/generated/prisma/client";
import type { AuditEntry } from "@/lib/contract/audit";
import { formatTimestamp } from "@/lib/contract/values";
import type { ActorType, AuditAction, AuditSource, AuditTarget } from "./audit-entry";

/** An audit entry as it is read. */
export type AuditRow = {
  id: string;
  /** A bigint, as Prisma or as pg reads it; so is the sequence. */
  position: bigint | string | null;
  org_id: string;
  action: AuditAction;
  occurred_at: Date;
  actor_type: ActorType;
  actor_id: string;
  actor_name: string;
  actor_email: string | null;
  actor_role: string | null;
  actor_key_prefix: string | null;
  target_type: AuditTarget;
  target_id: string;
  target_label: string;
  source: AuditSource;
  ip: string | null;
  user_agent: string | null;
  request_id: string;
  meta: AuditEntry["meta"];
  sequence: bigint | string | null;
  previous_hash: string | null;
  hash: string | null;
};

/** The columns of an AuditRow, of an entry that is called `r` and its seal, `s`. */
export const AUDIT_COLUMNS = Prisma.raw(`
  r.id, s.position, r.org_id, r.action, r.occurred_at, r.actor_type, r.actor_id, r.actor_name, r.actor_email,
  r.actor_role, r.actor_key_prefix, r.target_type, r.target_id, r.target_label, r.source, r.ip, r.user_agent,
  r.request_id, r.meta, s.sequence, encode(s.previous_hash, 'hex') AS previous_hash, encode(s.hash, 'hex') AS hash`);

/** How an entry finds its seal. */
export const WITH_SEAL = Prisma.raw("LEFT JOIN audit_seals s ON s.entry_id = r.id");

/** The entry as the contract shows it, everywhere the same. Without a chain until it is sealed. */
export function toAuditEntry(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    position: row.position === null ? null : Number(row.position),
    org_id: row.org_id,
    action: row.action,
    occurred_at: formatTimestamp(row.occurred_at),
    actor: {
      type: row.actor_type,
      id: row.actor_id,
      name: row.actor_name,
      email: row.actor_email,
      role: row.actor_role,
      key_prefix: row.actor_key_prefix,
    },
    target: { type: row.target_type, id: row.target_id, label: row.target_label },
    context: { source: row.source, ip: row.ip, user_agent: row.user_agent, request_id: row.request_id },
    meta: row.meta,
    chain: toChain(row),
  };
}

function toChain({ sequence, previous_hash, hash }: AuditRow): AuditEntry["chain"] {
  if (sequence === null || previous_hash === null || hash === null) return null;
  return { sequence: Number(sequence), previous_hash, hash };
}
