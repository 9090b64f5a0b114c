import { z } from "zod";
import type { Db } from "@/lib/db/client";

/** What `cancelRun` queues beside its audit entry. */
export const RunCancelled = z.object({ audit_entry_id: z.uuid(), run_id: z.uuid() });

/**
 * What follows a cancellation once it is committed; for now, the record that it ran. A job may run twice (the worker can
 * die between its work and saying so), so everything here is keyed by the audit entry's id.
 */
export async function runCancelled(db: Db, payload: unknown): Promise<void> {
  const { audit_entry_id: id, run_id: runId } = RunCancelled.parse(payload);
  await db.$executeRaw`
    INSERT INTO handled_effects AS effect (id, kind, run_id) VALUES (${id}::uuid, 'run_cancelled', ${runId}::uuid)
    ON CONFLICT (id) DO UPDATE SET times_run = effect.times_run + 1`;
}
