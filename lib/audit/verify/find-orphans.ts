import type pg from "pg";
import type { Findings } from "./finding";

type Stray = { id: string; org_id: string | null; occurred_at: string; total: string };

/**
 * Entries that bypassed the sealer, or wait forever because another entry has their id. `readSeals` finds
 * those whose time was changed.
 */
const INSERTED = `
  SELECT e.id, e.org_id, e.occurred_at::text, count(*) OVER () AS total
  FROM audit_entries e
  LEFT JOIN audit_seals s ON s.entry_id = e.id AND s.entry_occurred_at = e.occurred_at
  LEFT JOIN audit_unsealed u ON u.entry_id = e.id
  WHERE s.entry_id IS NULL AND CASE
    WHEN EXISTS (SELECT FROM audit_seals m JOIN audit_entries o ON o.id = m.entry_id AND o.occurred_at = m.entry_occurred_at
      WHERE m.entry_id = e.id) THEN true
    WHEN EXISTS (SELECT FROM audit_seals m WHERE m.entry_id = e.id) THEN false
    ELSE u.entry_id IS NULL END
  ORDER BY e.occurred_at, e.id LIMIT 1`;

const WAITING = `
  SELECT u.entry_id AS id, e.org_id, u.occurred_at::text, count(*) OVER () AS total
  FROM audit_unsealed u JOIN audit_entries e ON e.id = u.entry_id AND e.occurred_at = u.occurred_at
  WHERE u.occurred_at < now() - interval '1 minute'
  ORDER BY u.occurred_at, u.entry_id LIMIT 1`;

/**
 * Entries that were removed before sealing, unless their place in the queue was removed too, which leaves no
 * trace.
 */
const MISSING = `
  SELECT u.entry_id AS id, NULL AS org_id, u.occurred_at::text, count(*) OVER () AS total
  FROM audit_unsealed u WHERE NOT EXISTS (
    SELECT FROM audit_entries e WHERE e.id = u.entry_id AND e.occurred_at = u.occurred_at)
  ORDER BY u.occurred_at, u.entry_id LIMIT 1`;

/**
 * Finds entries without a seal or a place in the queue, entries that have waited too long, and queued entries
 * that are missing.
 */
export async function findOrphans(client: pg.Client, findings: Findings): Promise<void> {
  const ask = async (sql: string) => (await client.query<Stray>(sql)).rows[0];
  const inserted = await ask(INSERTED);
  if (inserted) {
    const message = `an entry of ${inserted.occurred_at} has no seal and is not queued for one`;
    findings.add({ kind: "inserted", ...subject(inserted), message }, Number(inserted.total));
  }
  const missing = await ask(MISSING);
  if (missing) {
    const message = `an entry of ${missing.occurred_at} is queued for sealing but is missing`;
    findings.add({ kind: "missing_entry", ...subject(missing), message }, Number(missing.total));
  }
  const waiting = await ask(WAITING);
  if (waiting) {
    const message = `an entry of ${waiting.occurred_at} has waited for its seal for more than a minute`;
    findings.add({ kind: "unsealed", ...subject(waiting), message }, Number(waiting.total));
  }
}

const subject = ({ id, org_id }: Stray) => ({ entry_id: id, ...(org_id !== null && { org_id }) });
