import { type AuditEntry as Entry, Prisma } from "@/generated/prisma/client";
import type { AuditEntry } from "@/lib/contract/audit";
import { formatTimestamp } from "@/lib/contract/values";
import { columnsOf } from "@/lib/platform/db/columns";
import type { ActorType, AuditAction, AuditSource, AuditTarget } from "@/lib/states/audit-entry";

/** An audit entry with its seal. */
export type AuditRow = Entry & {
  /** A bigint, as Prisma or pg returns it; so is the sequence. */
  position: bigint | string | null;
  sequence: bigint | string | null;
  previousHash: string | null;
  hash: string | null;
};

/** The columns of an AuditRow, for an entry `r` and its seal `s`. */
export const AUDIT_COLUMNS = Prisma.sql`${columnsOf(Prisma.AuditEntryScalarFieldEnum)}, s.position, s.sequence,
  encode(s.previous_hash, 'hex') AS "previousHash", encode(s.hash, 'hex') AS hash`;

/** Joins an entry to its seal. */
export const WITH_SEAL = Prisma.raw("LEFT JOIN audit_seals s ON s.entry_id = r.id");

/** Converts an entry to the contract's form, without `chain` until it is sealed. */
export function toAuditEntry(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    position: row.position === null ? null : Number(row.position),
    org_id: row.orgId,
    action: row.action as AuditAction,
    occurred_at: formatTimestamp(row.occurredAt),
    actor: {
      type: row.actorType as ActorType,
      id: row.actorId,
      name: row.actorName,
      email: row.actorEmail,
      role: row.actorRole,
      key_prefix: row.actorKeyPrefix,
      ...ownerOf(row),
      ...makerOf(row),
    },
    target: { type: row.targetType as AuditTarget, id: row.targetId, label: row.targetLabel },
    context: {
      source: row.source as AuditSource,
      ip: row.ip,
      user_agent: row.userAgent,
      request_id: row.requestId,
    },
    meta: toMeta(row.meta),
    chain: toChain(row),
  };
}

/**
 * If an old entry's `meta` bypassed the application and breaks the contract, shows it under `unreadable`, so
 * that the rest of the trail stays readable.
 */
function toMeta(meta: unknown): AuditEntry["meta"] {
  if (isReadable(meta)) return meta;
  return { reason: null, ticket: null, unreadable: meta };
}

const isTextOrNull = (value: unknown): boolean => value === null || typeof value === "string";
const isOptionalText = (value: unknown): boolean => value === undefined || typeof value === "string";

function isReadable(meta: unknown): meta is AuditEntry["meta"] {
  if (typeof meta !== "object" || meta === null || Array.isArray(meta)) return false;
  const { reason, ticket, status_before: before, status_after: after } = meta as Record<string, unknown>;
  return isTextOrNull(reason) && isTextOrNull(ticket) && isOptionalText(before) && isOptionalText(after);
}

/** Omitted if absent, as in entries from before owners were recorded, so that their hashes stay the same. */
function ownerOf({ actorOwnerId: id, actorOwnerName: name, actorOwnerRole: role }: AuditRow) {
  return id === null || name === null ? {} : { owner: { id, name, role } };
}

/** Omitted if absent, for the same reason. */
function makerOf({ actorMakerId: id, actorMakerName: name, actorMakerEmail: email }: AuditRow) {
  return id === null || name === null || email === null ? {} : { maker: { id, name, email } };
}

function toChain({ sequence, previousHash, hash }: AuditRow): AuditEntry["chain"] {
  if (sequence === null || previousHash === null || hash === null) return null;
  return { sequence: Number(sequence), previous_hash: previousHash, hash };
}
