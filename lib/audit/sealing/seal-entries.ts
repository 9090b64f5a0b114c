import { hash } from "node:crypto";
import type pg from "pg";
import { AUDIT_COLUMNS, type AuditRow, toAuditEntry } from "@/lib/audit/trail/audit-record";
import { type Fence, LeadershipLost } from "@/lib/platform/db/fence";
import { log } from "@/lib/platform/log";
import { inSpan, tracing } from "@/lib/platform/tracing/tracing";
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
 * Seals the oldest unsealed entries: gives each the next position and its place in its organization's chain.
 * The database refuses two concurrent sealers; the leader in `runSealer` avoids that conflict.
 * @param passedOver ids of entries that can't be sealed; adds and logs new ones, so that one entry can't
 * block all others
 * @param fence the leader's term; once a later term exists, the sealing statement does nothing
 * @returns how many were sealed; 0 if nothing is left to do now
 * @throws LeadershipLost when another leader has taken over
 * @throws DatabaseError with the constraint `audit_seals_continue` or a unique one, when someone else sealed
 * meanwhile
 */
export async function sealEntries(
  client: pg.ClientBase,
  limit: number,
  passedOver = new Set<string>(),
  fence?: Fence,
): Promise<number> {
  const values = [limit, [...passedOver]];
  const { rows } = await client.query<UnsealedRow>({ name: "unsealed", text: UNSEALED, values });
  if (rows.length === 0) return 0;
  const startedAt = new Date();
  const sealed = await inSpan({ name: "seal entries", attributes: { "runflow.entries": rows.length } }, () =>
    sealRows(client, rows, passedOver, fence),
  );
  recordSeals(rows, startedAt);
  return sealed;
}

async function sealRows(
  client: pg.ClientBase,
  rows: UnsealedRow[],
  passedOver: Set<string>,
  fence: Fence | undefined,
): Promise<number> {
  const orgIds = [...new Set(rows.map((row) => row.orgId))];
  const { rows: heads } = await client.query<HeadRow>({ name: "heads", text: HEADS, values: [orgIds] });
  const seals = link(rows, heads, passedOver);
  if (seals.length === 0) return 0;
  const placed = [JSON.stringify(seals), fence?.name, fence?.epoch];
  const { rowCount } = await client.query({ name: "seal", text: SEAL, values: placed });
  if (fence && rowCount === 0) throw new LeadershipLost(fence.name);
  return seals.length;
}

/** More requests in one batch than this appear only in the batch's own span. */
const MOST_TRACED = 100;

/** Traces: shows the seals in the traces of the requests that wrote the entries. */
function recordSeals(rows: UnsealedRow[], startedAt: Date): void {
  const requestIds = tracing() && [...new Set(rows.map(({ requestId }) => requestId))];
  for (const requestId of requestIds?.slice(0, MOST_TRACED) ?? [])
    tracing()?.record({
      name: "seal",
      requestId,
      startedAt,
      attributes: { "runflow.entries": rows.filter((row) => row.requestId === requestId).length },
    });
}

/** Builds the seals of these entries, in this order, continuing from these heads. */
function link(rows: UnsealedRow[], headRows: HeadRow[], passedOver: Set<string>): Seal[] {
  let last = Number(headRows[0]!.position);
  const heads = new Map<string, Head>(
    headRows.map((row) => [
      row.org_id,
      { sequence: Number(row.sequence), hash: row.hash ?? hash("sha256", genesisText(row.org_id)) },
    ]),
  );
  return rows.flatMap((row) => {
    try {
      const seal = sealAfter(row, last + 1, heads.get(row.orgId));
      last = seal.position;
      heads.set(seal.org_id, seal);
      return seal;
    } catch (error) {
      log.error({ err: error, entry_id: row.entry_id }, "an audit entry can't be sealed and is skipped");
      passedOver.add(row.entry_id);
      return [];
    }
  });
}

/** @throws Error for an entry that can't be sealed, which exists only if someone bypassed the application */
function sealAfter(row: UnsealedRow, position: number, head: Head | undefined): Seal {
  if (row.id === null || !head) throw new Error("the entry doesn't exist");
  if (row.position !== null) throw new Error(`it is already sealed, at position ${row.position}`);
  const entry = toAuditEntry(row);
  const chain = { sequence: head.sequence + 1, previous_hash: head.hash };
  return {
    position,
    entry_id: entry.id,
    entry_occurred_at: entry.occurred_at,
    org_id: entry.org_id,
    ...chain,
    hash: hash("sha256", hashedText({ ...entry, position, chain })),
  };
}

type UnsealedRow = AuditRow & { entry_id: string };

/** Ids contain their time, so the oldest come first. */
const UNSEALED = `
  SELECT u.entry_id, ${AUDIT_COLUMNS.sql}
  FROM (SELECT entry_id, occurred_at FROM audit_unsealed WHERE entry_id <> ALL ($2::uuid[])
    ORDER BY entry_id LIMIT $1) u
  LEFT JOIN audit_entries r ON r.id = u.entry_id AND r.occurred_at = u.occurred_at
  LEFT JOIN audit_seals s ON s.entry_id = u.entry_id
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
  ), leader AS MATERIALIZED (
    SELECT 1 WHERE $2::text IS NULL
    UNION ALL SELECT 1 FROM (SELECT FROM leaderships WHERE name = $2 AND epoch = $3::bigint FOR SHARE) held
  ), done AS (
    DELETE FROM audit_unsealed WHERE entry_id IN (SELECT entry_id FROM seal) AND EXISTS (SELECT FROM leader)
  )
  INSERT INTO audit_seals (position, entry_id, entry_occurred_at, org_id, sequence, previous_hash, hash)
  SELECT position, entry_id, entry_occurred_at, org_id, sequence, decode(previous_hash, 'hex'), decode(hash, 'hex')
  FROM seal, leader`;
