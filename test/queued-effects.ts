import type pg from "pg";

export type QueuedEffect = { audit_entry_id: string; run_id: string };

/** The side effect of every cancel: its entry is queued for sealing, or sealed already. */
export const QUEUED_EFFECTS = `
  SELECT e.id::text AS audit_entry_id, e.target_id::text AS run_id
  FROM audit_entries e
  WHERE e.action = 'run.cancelled' AND (
    EXISTS (SELECT FROM audit_unsealed u WHERE u.entry_id = e.id)
    OR EXISTS (SELECT FROM audit_seals s WHERE s.entry_id = e.id))`;

export async function readQueuedEffects(owner: pg.Pool, runId: string): Promise<QueuedEffect[]> {
  const { rows } = await owner.query<QueuedEffect>(`${QUEUED_EFFECTS} AND e.target_id = $1`, [runId]);
  return rows;
}
