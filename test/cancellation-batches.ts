import type { Pool } from "pg";
import { planBatch } from "@/lib/cancellation-batches/plan-batch";
import type { Caller } from "@/lib/states/caller";
import type { TestDatabase } from "./database";
import { type Fixture, makeStaff, TEST_CONTEXT } from "./fixture";

/** @returns the ids of queued runs, created an hour ago */
export async function makeQueuedRuns(sql: Pool, fixture: Fixture, count: number): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `INSERT INTO runs (org_id, model_id, model, source_code, status_code, input, request_id, created_by, created_at)
     SELECT $1, $2, $3, 'api', 'queued', '{}', 'req_test', $4, now() - interval '1 h' FROM generate_series(1, $5::int)
     RETURNING id`,
    [fixture.orgId, fixture.modelId, fixture.model, fixture.customer.person.id, count],
  );
  return rows.map(({ id }) => id);
}

type Options = { runIds?: string[]; reason?: string; caller?: Caller };

/** @returns the id of a plan over these runs, by default two new ones */
export async function makePlan(
  { db, owner }: TestDatabase,
  fixture: Fixture,
  { runIds, reason = "Ticket #4821: abuse of a key", caller }: Options = {},
): Promise<string> {
  const batch = await planBatch(db, {
    caller: caller ?? (await makeStaff(owner, "admin", "Ada Admin")),
    context: TEST_CONTEXT,
    body: { reason, run_ids: runIds ?? (await makeQueuedRuns(owner, fixture, 2)) },
  });
  return batch.id;
}
