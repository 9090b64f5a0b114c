import { z } from "zod";
import type { Db } from "@/lib/db/client";

/** What a statement that cancels queues beside its audit entries. */
export const RunCancelled = z.object({
  cancelled: z.array(z.object({ audit_entry_id: z.uuid(), run_id: z.uuid() })).min(1),
});

/**
 * What follows cancellations once they are committed; for now, the record that it ran. A job may run twice (the worker can
 * die between its work and saying so), so everything here is keyed by the audit entry's id.
 */
export async function runCancelled(db: Db, payload: unknown): Promise<void> {
  const { cancelled } = RunCancelled.parse(payload);
  await db.$executeRaw`
    INSERT INTO handled_effects AS effect (id, kind, run_id)
    SELECT audit_entry_id, 'run_cancelled', run_id
    FROM jsonb_to_recordset(${JSON.stringify(cancelled)}::jsonb) AS c(audit_entry_id uuid, run_id uuid)
    ON CONFLICT (id) DO UPDATE SET times_run = effect.times_run + 1`;
}
