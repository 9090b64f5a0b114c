import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { makeCheckpoint } from "@/lib/audit/checkpoints/make-checkpoint";
import { sealEntries } from "@/lib/audit/sealing/seal-entries";
import { makeSigningKey } from "@/lib/audit/signing/sign-note";
import { metrics } from "@/lib/platform/metrics/metrics";
import { METRICS } from "@/lib/platform/metrics/names";
import { cancelRun } from "@/lib/runs/cancel-run";
import { useDatabase } from "@/test/database";
import { makeWebhook } from "@/test/deliveries";
import { type Fixture, makeRun, seedFixture, TEST_CONTEXT } from "@/test/fixture";
import { lockJob, makeFailedJob } from "@/test/jobs";
import { parseMetrics } from "@/test/metrics";
import { writeMetrics } from "./write-metrics";

const database = useDatabase();
let fixture: Fixture;
beforeAll(async () => void (fixture = await seedFixture(database().owner)));

const run = (sql: string, values: unknown[] = []) => database().owner.query(sql, values);

/** As if five seconds had passed. */
async function read(db = database().db) {
  Object.assign(globalThis, { runflowReading: undefined });
  return parseMetrics((await writeMetrics(db)).text);
}

test("job gauges: each state of a task moves its own", async () => {
  const labeled = (name: string) => `runflow_${name}{task="make_months"}`;
  const job = await makeFailedJob(database().owner);
  const failed = await read();
  expect(failed.get(labeled("jobs_failed"))).toBe(1);
  expect(failed.get(labeled("jobs_waiting"))).toBe(0);
  expect(failed.get(labeled("oldest_job_age_seconds"))).toBe(0);
  await run("UPDATE graphile_worker._private_jobs SET attempts = 0, run_at = now() - interval '70 s'");
  const waiting = await read();
  expect(waiting.get(labeled("jobs_failed"))).toBe(0);
  expect(waiting.get(labeled("jobs_waiting"))).toBe(1);
  expect(waiting.get(labeled("oldest_job_age_seconds"))).toBeGreaterThanOrEqual(70);
  await lockJob(database().owner, job.id);
  const locked = await read();
  expect(locked.get(labeled("jobs_locked"))).toBe(1);
  expect(locked.get(labeled("jobs_waiting"))).toBe(0);
});

test("trail gauges: seal, checkpoint and forward lag, age of the newest checkpoint", async () => {
  const before = await read();
  expect(before.get("runflow_seal_lag_seconds")).toBe(0);
  expect(before.get("runflow_unsealed_entries")).toBe(0);
  expect(before.get("runflow_checkpoint_lag_seconds")).toBe(0);
  expect(before.has("runflow_last_checkpoint_age_seconds")).toBe(false);
  expect([...before.keys()].filter((name) => name.startsWith("runflow_forward_lag"))).toEqual([]);

  const runId = await makeRun(database().owner, fixture);
  await cancelRun(database().db, fixture.support, { runId, reason: "ticket #1", context: TEST_CONTEXT });
  await run("UPDATE audit_unsealed SET occurred_at = now() - interval '90 s'");
  const unsealed = await read();
  expect(unsealed.get("runflow_seal_lag_seconds")).toBeGreaterThanOrEqual(90);
  expect(unsealed.get("runflow_unsealed_entries")).toBe(1);
  await run(
    "UPDATE audit_unsealed u SET occurred_at = e.occurred_at FROM audit_entries e WHERE e.id = u.entry_id",
  );

  const client = await database().worker.connect();
  await sealEntries(client, 10).finally(() => client.release());
  await run("INSERT INTO leaderships (name, epoch, session_pid, expires_at) VALUES ('forward', 1, 1, now())");
  await run("INSERT INTO audit_forwarding (target) VALUES ('https://siem.example/in')");
  const forwardLag = 'runflow_forward_lag_seconds{destination="https://siem.example/in"}';
  const sealed = await read();
  expect(sealed.get("runflow_unsealed_entries")).toBe(0);
  expect(sealed.get("runflow_checkpoint_lag_seconds")).toBeGreaterThan(0);
  expect(sealed.get(forwardLag)).toBeGreaterThan(0);
  await run("UPDATE audit_forwarding SET position = 1");
  expect((await read()).get(forwardLag)).toBe(0);

  expect(sealed.has("runflow_last_checkpoint_age_seconds")).toBe(false);
  await makeCheckpoint(database().workerDb, [makeSigningKey(Buffer.alloc(32, 1))]);
  const checkpointed = await read();
  expect(checkpointed.get("runflow_checkpoint_lag_seconds")).toBe(0);
  const age = checkpointed.get("runflow_last_checkpoint_age_seconds")!;
  expect(age).toBeGreaterThan(0);
  await expect
    .poll(async () => (await read()).get("runflow_last_checkpoint_age_seconds"))
    .toBeGreaterThan(age);
});

test("customers' gauges: deliveries, paused endpoints, stuck runs", async () => {
  const before = await read();
  const names = ["deliveries_waiting", "endpoints_paused", "stuck_alerts_open"].map(
    (name) => `runflow_${name}`,
  );
  expect(names.map((name) => before.get(name))).toEqual([0, 0, 0]);
  await makeWebhook(database().owner, fixture.orgId, "https://hooks.example/in", ["run.cancelled"]);
  const runId = await makeRun(database().owner, fixture);
  await cancelRun(database().db, fixture.support, { runId, reason: "ticket #1", context: TEST_CONTEXT });
  await run(
    `INSERT INTO delivery_endpoints (org_id, origin, failures_in_row, open_until)
     VALUES ($1, 'https://hooks.example', 5, now() + interval '1 minute')
     ON CONFLICT (org_id, origin) DO UPDATE SET open_until = EXCLUDED.open_until`,
    [fixture.orgId],
  );
  await makeRun(database().owner, fixture, { ageMs: 500_000, status: "queued" });
  const after = await read();
  expect(names.map((name) => after.get(name))).toEqual([1, 1, 1]);
});

test("process gauge: counts heartbeats of the last minute; migrations: counts those not applied", async () => {
  const insert = (kind: string, age: string) =>
    run(
      `INSERT INTO processes (id, kind, version, revision, host, pid, started_at, seen_at)
       VALUES (uuidv7(), $1, '1', '', 'h', 1, now(), now() - $2::interval)`,
      [kind, age],
    );
  await insert("web", "0 s");
  await insert("worker", "61 s");
  const before = await read();
  expect(before.get('runflow_process_up{kind="web"}')).toBe(1);
  expect(before.get('runflow_process_up{kind="worker"}')).toBe(0);
  expect(before.get("runflow_migrations_pending")).toBe(0);
  await insert("worker", "59 s");
  await run("UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '%_operations'");
  const after = await read();
  expect(after.get('runflow_process_up{kind="worker"}')).toBe(1);
  expect(after.get("runflow_migrations_pending")).toBe(1);
});

test("worker's role: reads the same gauges", async () => {
  const gauges = async (db = database().db) =>
    [...(await read(db)).keys()].filter((name) => name.startsWith("runflow_")).toSorted();
  expect(await gauges(database().workerDb)).toEqual(await gauges());
});

test("database that can't be read: its gauges are absent, the process's own stay", async () => {
  const { owner } = database();
  await owner.query("ALTER TABLE processes RENAME TO processes_away");
  const text = await read().finally(() => owner.query("ALTER TABLE processes_away RENAME TO processes"));
  expect(text.get("runflow_database_up")).toBe(0);
  expect(text.has("runflow_seal_lag_seconds")).toBe(false);
  expect(text.has('runflow_jobs_failed{task="make_months"}')).toBe(false);
  expect(text.has("process_resident_memory_bytes")).toBe(true);
  const again = await read();
  expect(again.get("runflow_database_up")).toBe(1);
  expect(again.has("runflow_seal_lag_seconds")).toBe(true);
});

test("reading of the database: shared for five seconds", async () => {
  const before = await read();
  await makeFailedJob(database().owner, { task: "send_mail" });
  const { text } = await writeMetrics(database().db);
  const name = 'runflow_jobs_failed{task="send_mail"}';
  expect(parseMetrics(text).get(name)).toBe(before.get(name));
  expect((await read()).get(name)).toBe(1);
});

test("list of metrics: exactly the registered ones, each explained in docs/operations.md", () => {
  const registered = metrics()
    .registry.getMetricsAsArray()
    .map(({ name }) => name)
    .filter((name) => name.startsWith("runflow_"));
  expect(registered.toSorted()).toEqual(Object.keys(METRICS).toSorted());
  const documented = readFileSync("docs/operations.md", "utf8");
  expect(Object.keys(METRICS).filter((name) => !documented.includes(`\`${name}`))).toEqual([]);
});
