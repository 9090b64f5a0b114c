import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { verifyDatabase } from "@/lib/audit/verify/verify-database";
import { reconcile } from "@/lib/billing/reconcile";
import { startBatch } from "@/lib/cancellation-batches/start-batch";
import type { RunStatus } from "@/lib/states/run";
import { makePlan } from "@/test/cancellation-batches";
import { useDatabase } from "@/test/database";
import { type Fixture, makeRun, makeStaff, seedFixture, TEST_CONTEXT } from "@/test/fixture";
import { sealAll } from "@/test/grow-trail";
import { cancelRun } from "./cancel-run";
import { deleteOldRuns } from "./delete-old-runs";
import { findDeletedRun } from "./find-deleted-run";

const database = useDatabase();
let fixture: Fixture;
beforeEach(async () => void (fixture = await seedFixture(database().owner)));

const DAY_MS = 86_400_000;
const DAYS = 40;

/** A run that ended days ago, with its charge, event and delivery. */
async function makeEnded(
  daysAgo: number,
  { status = "succeeded" as RunStatus, cost = "1.5" } = {},
): Promise<string> {
  const { owner } = database();
  const id = await makeRun(owner, fixture, { status: "running", ageMs: daysAgo * DAY_MS });
  const event = { event_id: randomUUID(), status_code: status, cost };
  await owner.query("ALTER TABLE runs DISABLE TRIGGER USER");
  await owner.query(
    `UPDATE runs SET status_code = $2::run_status, cost = $3, completed_at = created_at + interval '1 s', duration_ms = 1000
     WHERE id = $1`,
    [id, status, cost],
  );
  await owner.query("ALTER TABLE runs ENABLE TRIGGER USER");
  await owner.query(
    `INSERT INTO provider_events (run_id, event_id, status_code, outcome, cost, body, occurred_at)
     VALUES ($1, $2, $3, 'applied', $4, '{}', now())`,
    [id, event.event_id, status, cost],
  );
  const { rows } = await owner.query<{ id: string }>(
    `INSERT INTO deliveries (org_id, run_id, event, url, origin, body, state, settled_at, next_attempt_at)
     VALUES ($1, $2, 'run.completed', 'https://a.example/x', 'https://a.example', '{}', 'delivered', now(), NULL) RETURNING id`,
    [fixture.orgId, id],
  );
  await owner.query(
    "INSERT INTO delivery_attempts (delivery_id, number, started_at, duration_ms, status) VALUES ($1, 1, now(), 5, 200)",
    [rows[0]!.id],
  );
  return id;
}

const deleteAll = (batch?: number) =>
  deleteOldRuns(database().workerDb, { days: DAYS, ...(batch !== undefined && { batch }) });

async function readLeft(ids: string[]): Promise<string[]> {
  const { rows } = await database().owner.query<{ id: string }>("SELECT id FROM runs WHERE id = ANY($1)", [
    ids,
  ]);
  return rows.map(({ id }) => id);
}

const count = async (table: string, ids: string[]): Promise<number | null> =>
  (await database().owner.query(`SELECT FROM ${table} WHERE run_id = ANY($1)`, [ids])).rowCount;

const readEntries = async () =>
  (
    await database().owner.query<{ meta: object; actor_type: string }>(
      "SELECT meta, actor_type FROM audit_entries WHERE action = 'retention.applied' ORDER BY occurred_at",
    )
  ).rows;

test("delete old runs: with everything of them but the charge, in batches, with one entry for all", async () => {
  const { owner, db, ownerUrl, worker } = database();
  const old = [await makeEnded(41), await makeEnded(42), await makeEnded(400)];
  const young = await makeEnded(39);
  const ids = [...old, young];
  expect(await count("ledger_entries", ids)).toBe(4);
  expect(await deleteAll(2)).toBe(3);
  expect(await readLeft(ids)).toEqual([young]);
  for (const table of ["provider_events", "deliveries"]) expect(await count(table, ids)).toBe(1);
  expect(await count("ledger_entries", ids)).toBe(4);
  expect((await owner.query("SELECT FROM delivery_attempts")).rowCount).toBe(1);
  expect(await readEntries()).toEqual([
    {
      actor_type: "system",
      meta: { reason: null, ticket: null, days: DAYS, runs: 3, customers: 1 },
    },
  ]);
  expect(await reconcile(db)).toEqual([]);
  await sealAll(worker);
  expect((await verifyDatabase(ownerUrl, { keys: [], copies: [], archives: [] })).holds).toBe(true);

  expect(await deleteAll()).toBe(0);
  expect(await readEntries()).toHaveLength(1);
});

test("billing check: a deleted run's charge must still be its cost", async () => {
  const { owner, db } = database();
  const id = await makeEnded(41);
  await deleteAll();
  expect(await reconcile(db)).toEqual([]);
  await owner.query(
    `ALTER TABLE deleted_runs DISABLE TRIGGER USER; UPDATE deleted_runs SET cost = 2 WHERE id = '${id}';
     ALTER TABLE deleted_runs ENABLE TRIGGER USER`,
  );
  expect(await reconcile(db)).toEqual([{ problem: "the run's cost is not its charge", subject: id }]);
  await owner.query(
    `ALTER TABLE deleted_runs DISABLE TRIGGER USER; UPDATE deleted_runs SET cost = 1.5 WHERE id = '${id}';
     ALTER TABLE deleted_runs ENABLE TRIGGER USER`,
  );
});

test("run with an open matter: kept until it is settled", async () => {
  const { owner, db } = database();
  const [pending, batched, approved] = [await makeEnded(41), await makeEnded(41), await makeEnded(41)];
  const running = await makeRun(owner, fixture, { status: "running", ageMs: 50 * DAY_MS });
  const ids = [pending, batched, approved, running];
  await owner.query(
    `INSERT INTO deliveries (org_id, run_id, event, cause, url, origin, body) VALUES ($1, $2, 'run.completed', 'redelivery', 'https://b.example/x',
       'https://b.example', '{}')`,
    [fixture.orgId, pending],
  );
  const caller = await makeStaff(owner, "admin", "Ada Admin");
  // A plan has at least one run that can be canceled.
  const id = await makePlan(database(), fixture, { runIds: [batched, running], caller });
  await startBatch(db, { caller, context: TEST_CONTEXT, id, expectedCount: 1 });
  await owner.query(
    `ALTER TABLE approvals DISABLE TRIGGER USER;
     INSERT INTO approvals (kind, target_id, target_label, reason, requester_id, requester, expires_at)
     VALUES ('run.cancel', '${approved}', 'x', 'why', '${caller.person.id}', '{}', now() + interval '1 day');
     ALTER TABLE approvals ENABLE TRIGGER USER`,
  );
  expect(await deleteAll()).toBe(0);
  expect(await readLeft(ids)).toHaveLength(4);

  await owner.query(
    "UPDATE deliveries SET state = 'failed', settled_at = now(), next_attempt_at = NULL WHERE run_id = $1",
    [pending],
  );
  expect(await deleteAll()).toBe(1);
  expect((await readLeft(ids)).toSorted()).toEqual([batched, approved, running].toSorted());
});

test("less than 30 days, or deleting without the function: refused for the worker and for the owner", async () => {
  const { owner, worker, workerDb } = database();
  const id = await makeEnded(41);
  await expect(deleteOldRuns(workerDb, { days: 29 })).rejects.toThrow(/kept for 30 days or more, not 29/);
  await expect(worker.query("DELETE FROM runs WHERE id = $1", [id])).rejects.toMatchObject({ code: "42501" });
  for (const table of ["provider_events", "delivery_attempts"])
    await expect(owner.query(`DELETE FROM ${table}`)).rejects.toThrow(/is append-only: DELETE refused/);
  await expect(
    worker.query(
      `INSERT INTO audit_entries (org_id, action, actor_type, actor_id, actor_name, target_type, target_id, target_label,
         source, request_id, meta)
       VALUES ($1, 'retention.applied', 'system', $1, 'x', 'retention', $1, 'x', 'system', 'x', '{}')`,
      [fixture.orgId],
    ),
  ).rejects.toMatchObject({ code: "42501" });
  expect(await readLeft([id])).toEqual([id]);
});

test("deleted run: found by those who reach its customer, with its entries", async () => {
  const { owner, db } = database();
  const id = await makeRun(owner, fixture, { ageMs: 50 * DAY_MS });
  await cancelRun(db, fixture.support, { runId: id, reason: "Ticket #4821", context: TEST_CONTEXT });
  await owner.query(`ALTER TABLE runs DISABLE TRIGGER USER;
    UPDATE runs SET completed_at = created_at WHERE id = '${id}'; ALTER TABLE runs ENABLE TRIGGER USER`);
  expect(await findDeletedRun(db, { all: true }, id)).toBeNull();
  await deleteAll();
  expect(await findDeletedRun(db, { all: true }, id)).toMatchObject({ id, statusCode: "canceled" });
  expect(await findDeletedRun(db, { all: false, orgIds: [fixture.orgId] }, id)).toMatchObject({ id });
  expect(await findDeletedRun(db, { all: false, orgIds: [randomUUID()] }, id)).toBeNull();
  expect(await findDeletedRun(db, { all: true }, "no id")).toBeNull();
  const { rows } = await owner.query("SELECT FROM audit_entries WHERE target_id = $1", [id]);
  expect(rows).toHaveLength(1);
});
