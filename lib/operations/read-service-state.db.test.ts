import { beforeEach, afterEach, expect, test } from "vitest";
import { cancelRun } from "@/lib/runs/cancel-run";
import { cloneDatabase, type TestDatabase } from "@/test/database";
import { makeRun, seedFixture, TEST_CONTEXT } from "@/test/fixture";
import { lockJob, makeFailedJob } from "@/test/jobs";
import { readServiceState } from "./read-service-state";

let database: TestDatabase;
beforeEach(async () => {
  database = await cloneDatabase();
  await register("web", "0 s");
  await register("worker", "0 s");
});
afterEach(() => database.drop());

const run = (sql: string, values: unknown[] = []) => database.owner.query(sql, values);
const register = (kind: string, age: string, version = "1") =>
  run(
    `INSERT INTO processes (id, kind, version, revision, host, pid, started_at, seen_at)
     VALUES (uuidv7(), $1, $3, '', 'host-1', 42, now() - interval '1 hour', now() - $2::interval)`,
    [kind, age, version],
  );
const problems = async () => (await readServiceState(database.db)).problems;
const kinds = async () => (await problems()).map(({ kind }) => kind);

async function leaveEntry(): Promise<void> {
  const fixture = await seedFixture(database.owner);
  const runId = await makeRun(database.owner, fixture);
  await cancelRun(database.db, fixture.support, { runId, reason: "ticket #1", context: TEST_CONTEXT });
}

test("nothing wrong: no problem, and every part is there", async () => {
  const state = await readServiceState(database.db);
  expect(state.problems).toEqual([]);
  expect(state).toMatchObject({
    sealing: { unsealed: 0, oldest_unsealed_at: null, is_led: false },
    forwarding: null,
    checkpoint: { number: null, time: null, unsigned: 0, unsigned_since: null, copies: [] },
    deliveries: { waiting: 0, endpoints_paused: 0 },
    stuck_runs: { count: 0, has_more: false },
    migrations: { pending: [], unknown: [] },
  });
  expect(state.processes.map(({ kind, is_alive }) => [kind, is_alive])).toEqual([
    ["web", true],
    ["worker", true],
  ]);
});

test("state: the worker's role reads the same", async () => {
  const read = async (as: "db" | "workerDb") => ({ ...(await readServiceState(database[as])), taken_at: "" });
  expect(await read("workerDb")).toEqual(await read("db"));
});

test("dead worker: critical, by name; a second one that lives makes it a warning", async () => {
  await run("UPDATE processes SET seen_at = now() - interval '2 minutes' WHERE kind = 'worker'");
  expect(await problems()).toMatchObject([
    { kind: "no_worker", severity: "critical", title: "No worker is running." },
    { kind: "process_lost", title: "1 process stopped answering: worker host-1:42." },
  ]);
  await register("worker", "0 s");
  expect(await kinds()).toEqual(["process_lost"]);
});

test("frozen sealer: critical after 45 s", async () => {
  await leaveEntry();
  expect(await kinds()).toEqual([]);
  await run("UPDATE audit_unsealed SET occurred_at = now() - interval '44 seconds'");
  expect(await kinds()).toEqual([]);
  await run("UPDATE audit_unsealed SET occurred_at = now() - interval '46 seconds'");
  expect(await problems()).toMatchObject([
    { kind: "seal_lag", severity: "critical", title: expect.stringContaining("1 entry waits") },
  ]);
});

test("failed, late and locked jobs", async () => {
  await makeFailedJob(database.owner);
  await makeFailedJob(database.owner, { task: "send_mail" });
  expect(await problems()).toMatchObject([
    { kind: "jobs_failed", title: "2 jobs failed for good: 1 make_months, 1 send_mail." },
  ]);
  await run("UPDATE graphile_worker._private_jobs SET attempts = 0, run_at = now() - interval '61 seconds'");
  expect(await kinds()).toEqual(["jobs_late"]);
  const { rows } = await run("SELECT id FROM graphile_worker._private_jobs ORDER BY id");
  for (const { id } of rows as { id: string }[]) await lockJob(database.owner, id, 899);
  expect(await kinds()).toEqual([]);
  for (const { id } of rows as { id: string }[]) await lockJob(database.owner, id, 901);
  expect(await kinds()).toEqual(["jobs_locked"]);
});

test("paused endpoint and stuck run: notices", async () => {
  const fixture = await seedFixture(database.owner);
  await run(
    `INSERT INTO delivery_endpoints (org_id, origin, failures_in_row, open_until)
     VALUES ($1, 'https://hooks.example', 5, now() + interval '1 minute')`,
    [fixture.orgId],
  );
  await makeRun(database.owner, fixture, { ageMs: 500_000, status: "queued" });
  expect(await problems()).toMatchObject([
    {
      kind: "endpoints_paused",
      severity: "notice",
      title: expect.stringMatching(/^1 customer endpoint is paused/),
    },
    { kind: "runs_stuck", severity: "notice", title: "1 run is stuck." },
  ]);
});

test("pending and unknown migrations", async () => {
  await run("DELETE FROM _prisma_migrations WHERE migration_name = '20261202110000_operations'");
  await run(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
     VALUES ('x', 'x', '29990101000000_later', now())`,
  );
  const { migrations, problems } = await readServiceState(database.db);
  expect(migrations).toEqual({ pending: ["20261202110000_operations"], unknown: ["29990101000000_later"] });
  expect(problems).toMatchObject([{ kind: "migrations_pending", severity: "critical" }]);
});

test("two versions for longer than an update", async () => {
  await register("web", "0 s", "2");
  expect(await problems()).toMatchObject([
    { kind: "versions_differ", title: "Different versions are running: 1, 2." },
  ]);
  await run("UPDATE processes SET started_at = now() WHERE version = '2'");
  expect(await kinds()).toEqual([]);
});
