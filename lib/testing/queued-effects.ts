import type pg from "pg";

export type QueuedEffect = { task: string; audit_entry_id: string; run_id: string; attempts: number };

/** What is queued about cancellations, one row for each of them: a job is about all that one statement cancelled. */
export const QUEUED_EFFECTS = `
  SELECT t.identifier AS task, c.audit_entry_id::text, c.run_id::text, j.attempts
  FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id,
    json_to_recordset(j.payload -> 'cancelled') AS c(audit_entry_id uuid, run_id uuid)`;

export async function readQueuedEffects(owner: pg.Pool, runId: string): Promise<QueuedEffect[]> {
  const { rows } = await owner.query<QueuedEffect>(`${QUEUED_EFFECTS} WHERE c.run_id = $1`, [runId]);
  return rows;
}
