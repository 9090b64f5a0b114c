import type { TestDatabase } from "@/test/database";
import { readQueuedEffects } from "@/test/queued-effects";

export type Effects = { status: string; reasons: (string | null)[]; jobs: number };

/** The database's record of one run's cancel. */
export async function readEffects({ owner }: TestDatabase, runId: string): Promise<Effects> {
  const run = await owner.query<{ status_code: string }>("SELECT status_code FROM runs WHERE id = $1", [
    runId,
  ]);
  const entries = await owner.query<{ reason: string | null }>(
    "SELECT meta->>'reason' AS reason FROM audit_entries WHERE target_id = $1",
    [runId],
  );
  const jobs = await readQueuedEffects(owner, runId);
  return {
    status: run.rows[0]!.status_code,
    reasons: entries.rows.map(({ reason }) => reason),
    jobs: jobs.length,
  };
}
