import { EventEmitter } from "node:events";
import { run, type Runner, type WorkerEvents } from "graphile-worker";
import { afterEach, expect, test } from "vitest";
import { useDatabase } from "@/test/database";
import { quietLog, RECORDED } from "@/test/run-due-jobs";
import { showLiveness } from "./show-liveness";
import { unlockDeadWorkers } from "./unlock-dead-workers";

const database = useDatabase();
type TestWorker = { id: string; runner: Runner; finish(): void; fallSilent(): Promise<void> };
const workers: TestWorker[] = [];

afterEach(async () => {
  for (const { runner, finish, fallSilent } of workers.splice(0)) {
    finish();
    await runner.stop();
    await fallSilent();
  }
  await database().owner.query("DELETE FROM graphile_worker._private_jobs");
});

/** A worker with a job that ends only on request. */
async function startBusyWorker(): Promise<TestWorker> {
  const { owner, workerUrl, workerDb } = database();
  const events: WorkerEvents = new EventEmitter();
  const stop = new AbortController();
  const created = new Promise<string>((resolve) =>
    events.on("pool:create", ({ workerPool }) => resolve(workerPool.id)),
  );
  const beating = showLiveness(workerDb, events, stop.signal);
  let finish = () => {};
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const runner = await run({
    connectionString: workerUrl,
    concurrency: 1,
    events,
    preset: { worker: RECORDED },
    logger: quietLog,
    noHandleSignals: true,
    taskList: { wait: () => finished },
  });
  const fallSilent = async () => {
    stop.abort();
    await beating;
  };
  const worker = { id: await created, runner, finish, fallSilent };
  workers.push(worker);
  await owner.query("SELECT graphile_worker.add_job('wait', queue_name => $1)", [`queue ${workers.length}`]);
  await expect.poll(() => heldBy(worker), { timeout: 10_000 }).toBe(2);
  await expect.poll(() => beatsOf(worker), { timeout: 10_000 }).toBe(1);
  return worker;
}

const LOCKED = `SELECT FROM graphile_worker._private_jobs WHERE locked_by = $1
  UNION ALL SELECT FROM graphile_worker._private_job_queues WHERE locked_by = $1`;
const count = async (sql: string, id: string) => (await database().owner.query(sql, [id])).rowCount;
const heldBy = ({ id }: TestWorker) => count(LOCKED, id);
const beatsOf = ({ id }: TestWorker) => count("SELECT FROM worker_heartbeats WHERE id = $1", id);
const age = async (column: string, ...tables: string[]) => {
  for (const table of tables)
    await database().owner.query(`UPDATE ${table} SET ${column} = ${column} - interval '31 s'`);
};
const ageLocks = () =>
  age("locked_at", "graphile_worker._private_jobs", "graphile_worker._private_job_queues");
const unlock = () => unlockDeadWorkers(database().workerDb);

test("unlock dead workers: releases the jobs and queues of silent workers after half a minute, and no others", async () => {
  const [alive, dead] = [await startBusyWorker(), await startBusyWorker()];
  await ageLocks();
  expect(await unlock()).toEqual([]);

  // Dead, frozen or cut off: its connections stay, but its heartbeats stop.
  await dead.fallSilent();
  expect(await unlock()).toEqual([]);
  await database().owner.query(
    "UPDATE worker_heartbeats SET beat_at = beat_at - interval '31 s' WHERE id = $1",
    [dead.id],
  );
  expect(await unlock()).toEqual([dead.id]);
  expect([await heldBy(alive), await heldBy(dead)]).toEqual([2, 0]);
  expect(await unlock()).toEqual([]);
});

test("unlock dead workers: without any heartbeat, half a minute from its first job", async () => {
  const worker = await startBusyWorker();
  await worker.fallSilent();
  await database().owner.query("DELETE FROM worker_heartbeats");
  expect(await unlock()).toEqual([]);
  await ageLocks();
  expect(await unlock()).toEqual([worker.id]);
});

test("heartbeat: continues after an outage, and is deleted on a graceful stop", async () => {
  const worker = await startBusyWorker();
  const { owner } = database();
  await owner.query(
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'runflow-console'`,
  );
  await age("beat_at", "worker_heartbeats");
  const isFresh = () =>
    count("SELECT FROM worker_heartbeats WHERE id = $1 AND beat_at > now() - interval '20 s'", worker.id);
  await expect.poll(isFresh, { timeout: 30_000 }).toBe(1);
  workers.pop();
  worker.finish();
  await worker.runner.stop();
  await expect.poll(() => beatsOf(worker), { timeout: 10_000 }).toBe(0);
  await worker.fallSilent();
});
