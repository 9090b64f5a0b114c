import { hash } from "node:crypto";
import type pg from "pg";
import { AUDIT_COLUMNS, type AuditRow, toAuditEntry, WITH_SEAL } from "./audit-record";
import { genesisText, hashedText } from "./chain";

type Head = { sequence: number; hash: string };
type Seal = {
  position: number;
  entry_id: string;
  entry_occurred_at: string;
  org_id: string;
  sequence: number;
  previous_hash: string;
  hash: string;
};

/**
 * Seals the oldest entries that have no seal yet: gives each the next position and its place in its organization's
 * chain. Two at the same time would contradict each other, which the database refuses: whoever calls holds the lock of
 * `runSealer`, so that nobody has to find that out.
 * @returns how many were sealed; fewer than `limit` means that none is left
 * @throws DatabaseError with the constraint `audit_seals_continue` or a unique one, when someone else sealed meanwhile
 */
export async function sealEntries(client: pg.ClientBase, limit: number): Promise<number> {
  const { rows } = await client.query<AuditRow>({ name: "unsealed", text: UNSEALED, values: [limit] });
  if (rows.length === 0) return 0;
  const orgIds = [...new Set(rows.map((row) => row.org_id))];
  const { rows: heads } = await client.query<HeadRow>({ name: "heads", text: HEADS, values: [orgIds] });
  const seals = link(rows, heads);
  await client.query({ name: "seal", text: SEAL, values: [JSON.stringify(seals)] });
  return seals.length;
}

/** The seals of these entries, in this order, after these heads. */
function link(rows: AuditRow[], headRows: HeadRow[]): Seal[] {
  let position = Number(headRows[0]!.position);
  const heads = new Map<string, Head>(
    headRows.map((row) => [
      row.org_id,
      { sequence: Number(row.sequence), hash: row.hash ?? hash("sha256", genesisText(row.org_id)) },
    ]),
  );
  return rows.map((row) => {
    const head = heads.get(row.org_id)!;
    const [sequence, previous_hash] = [head.sequence + 1, head.hash];
    const entry = toAuditEntry(row);
    const placed = { ...entry, position: ++position, chain: { sequence, previous_hash } };
    const sealed = { sequence, hash: hash("sha256", hashedText(placed)) };
    heads.set(row.org_id, sealed);
    return {
      position,
      entry_id: row.id,
      entry_occurred_at: entry.occurred_at,
      org_id: row.org_id,
      previous_hash,
      ...sealed,
    };
  });
}

/** Ids are made of their time, so that the oldest come first. */
const UNSEALED = `
  SELECT ${AUDIT_COLUMNS.sql}
  FROM (SELECT entry_id, occurred_at FROM audit_unsealed ORDER BY entry_id LIMIT $1) u
  JOIN audit_entries r ON r.id = u.entry_id AND r.occurred_at = u.occurred_at ${WITH_SEAL.sql}
  ORDER BY u.entry_id`;

type HeadRow = { org_id: string; position: string; sequence: string; hash: string | null };
const HEADS = `
  SELECT o.org_id, coalesce((SELECT max(position) FROM audit_seals), 0) AS position,
    coalesce(head.sequence, 0) AS sequence, encode(head.hash, 'hex') AS hash
  FROM unnest($1::uuid[]) o (org_id) LEFT JOIN LATERAL (
    SELECT sequence, hash FROM audit_seals WHERE org_id = o.org_id ORDER BY sequence DESC LIMIT 1) head ON true`;

const SEAL = `
  WITH seal AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS s(position bigint, entry_id uuid, entry_occurred_at timestamptz,
      org_id uuid, sequence bigint, previous_hash text, hash text)
  ), done AS (
    DELETE FROM audit_unsealed WHERE entry_id IN (SELECT entry_id FROM seal)
  )
  INSERT INTO audit_seals (position, entry_id, entry_occurred_at, org_id, sequence, previous_hash, hash)
  SELECT position, entry_id, entry_occurred_at, org_id, sequence, decode(previous_hash, 'hex'), decode(hash, 'hex')
  FROM seal`;
