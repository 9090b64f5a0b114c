import type { Pool } from "pg";

type Options = { task?: string; error?: string };

/** Makes a job that used up its attempts. Its task has nothing to do, so a worker may run it again. */
export async function makeFailedJob(
  owner: Pool,
  { task = "make_months", error = "It failed." }: Options = {},
) {
  const { rows } = await owner.query<{ id: string; revision: number }>(
    `WITH made AS (SELECT id FROM graphile_worker.add_job($1, max_attempts => 3))
     SELECT id, 0 AS revision FROM made`,
    [task],
  );
  const job = rows[0]!;
  await owner.query(
    `UPDATE graphile_worker._private_jobs SET attempts = max_attempts, last_error = $2,
       run_at = now() + exp(3) * interval '1 second' WHERE id = $1`,
    [job.id, error],
  );
  return job;
}

/** As a worker does that takes a job. */
export const lockJob = (owner: Pool, id: string, ageSeconds = 0) =>
  owner.query(
    `UPDATE graphile_worker._private_jobs SET attempts = 1, locked_by = 'worker-x',
       locked_at = now() - $2::int * interval '1 second' WHERE id = $1`,
    [id, ageSeconds],
  );

export type JobColumns = { attempts: number; revision: number; is_due: boolean };

export async function readJob(owner: Pool, id: string): Promise<JobColumns | undefined> {
  const { rows } = await owner.query<JobColumns>(
    `SELECT attempts, revision, run_at <= now() AS is_due FROM graphile_worker._private_jobs WHERE id = $1`,
    [id],
  );
  return rows[0];
}
