import type { PlacedEntry } from "@/lib/audit/sealing/chain";
import type { Link } from "@/lib/audit/sealing/link";
import type { AuditEntry } from "@/lib/contract/audit";
import { entryText, textUnlessImpossible } from "./entry-text";

/** COPY's notation for null. */
const NULL = String.raw`\N`;

/**
 * Selects every seal with its entry, by position. Also finds by its id an entry whose time was changed, so
 * that it isn't reported as missing.
 */
export const SEALS_WITH_ENTRIES = `
  SELECT s.position, s.org_id, s.sequence, encode(s.previous_hash, 'hex'), encode(s.hash, 'hex'), s.entry_id,
    s.entry_occurred_at,
    e.id, e.org_id, e.action, e.occurred_at, e.actor_type, e.actor_id, e.actor_name, e.actor_email, e.actor_role,
    e.actor_key_prefix, e.target_type, e.target_id, e.target_label, e.source, e.ip, e.user_agent, e.request_id, e.meta,
    e.actor_owner_id, e.actor_owner_name, e.actor_owner_role, e.actor_maker_id, e.actor_maker_name, e.actor_maker_email
  FROM audit_seals s LEFT JOIN LATERAL (
    SELECT * FROM audit_entries WHERE occurred_at = s.entry_occurred_at AND id = s.entry_id
    UNION ALL
    SELECT * FROM audit_entries WHERE id = s.entry_id AND occurred_at <> s.entry_occurred_at
    LIMIT 1) e ON true
  ORDER BY s.position`;

/**
 * `month`: the entry's month according to the seal, such as `2026-11`. `text`: absent without an entry.
 * `agrees`: whether seal and entry have the same organization and time, their key to each other.
 */
export type SealRow = { link: Link; month: string; text: string | undefined; agrees: boolean };

/** @param line in COPY's text format, with times in UTC */
export function parseSealRow(line: string): SealRow {
  const fields = line.split("\t");
  const [position, orgId, sequence, previousHash, hash, entryId, moment, id] = fields as string[];
  const link = {
    position: Number(position),
    orgId: orgId!,
    sequence: Number(sequence),
    previousHash: previousHash!,
    hash: hash!,
    entryId: entryId!,
  };
  const month = moment!.slice(0, 7);
  if (id === NULL) return { link, month, text: undefined, agrees: true };
  const agrees = fields[8] === orgId && fields[10] === moment;
  return { link, month, text: textOf(link, fields.slice(7)), agrees };
}

type Columns = Record<number, string | null>;

function textOf(link: Link, fields: string[]): string {
  const column: Columns = fields.map(read);
  const meta = column[17]!;
  const entry = {
    id: column[0],
    org_id: column[1],
    action: column[2],
    occurred_at: asTimestamp(column[3]!),
    actor: {
      type: column[4],
      id: column[5],
      name: column[6],
      email: column[7],
      role: column[8],
      key_prefix: column[9],
      ...(column[18] !== null && { owner: { id: column[18], name: column[19], role: column[20] } }),
      ...(column[21] !== null && { maker: { id: column[21], name: column[22], email: column[23] } }),
    },
    target: { type: column[10], id: column[11], label: column[12] },
    context: { source: column[13], ip: column[14], user_agent: column[15], request_id: column[16] },
    meta: JSON.parse(meta) as AuditEntry["meta"],
    position: link.position,
    chain: { sequence: link.sequence, previous_hash: link.previousHash },
  };
  // Hashes the columns as they are: an unknown value is an edit like any other.
  return textUnlessImpossible(meta, () => entryText(entry as PlacedEntry));
}

/** Converts `2026-11-25 12:00:00.12+00` to the contract's form. */
function asTimestamp(text: string): string {
  const fraction = text.slice(19, -3).slice(1).padEnd(3, "0");
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}+00:00`;
}

const ESCAPED = /\\(.)/g;
const SIGNS: Record<string, string> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

function read(field: string): string | null {
  if (!field.includes("\\")) return field;
  if (field === NULL) return null;
  return field.replace(ESCAPED, (_all, sign: string) => SIGNS[sign] ?? sign);
}
