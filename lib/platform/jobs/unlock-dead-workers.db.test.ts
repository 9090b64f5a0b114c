import { EventEmitter } from "node:events";
import { run, type Runner, type WorkerEvents } from "graphile-worker";
import { afterEach, expect, test } from "vitest";
import { useDatabase } from "@/test/database";
import { quietLog } from "@/test/work-off";
import { showLiveness } from "./show-liveness";
import { unlockDeadWorkers } from "./unlock-dead-workers";

const database = useDatabase();
const workers: { runner: Runner; finish(): void }[] = [];

afterEach(async () => {
  for (const { runner, finish } of workers.splice(0)) {
    finish();
    await runner.stop();
  }
  await database().owner.query("DELETE FROM graphile_worker._private_jobs");
});

/** A worker with a job that it doesn't finish before it is told to. */
async function startBusyWorker(): Promise<string> {
  const { owner, workerUrl } = database();
  const events: WorkerEvents = new EventEmitter();
  showLiveness(events);
  let finish = () => {};
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const listening = new Promise<string>((resolve) =>
    events.on("pool:listen:success", ({ workerPool }) => resolve(workerPool.id)),
  );
  const taskList = { wait: () => finished };
  const runner = await run({
    connectionString: workerUrl,
    concurrency: 1,
    events,
    logger: quietLog,
    noHandleSignals: true,
    taskList,
  });
  workers.push({ runner, finish });
  await owner.query("SELECT graphile_worker.add_job('wait', queue_name => $1)", [`queue ${workers.length}`]);
  const id = await listening;
  await expect.poll(() => heldBy(id), { timeout: 10_000 }).toBe(2);
  return id;
}

const LOCKED = `SELECT FROM graphile_worker._private_jobs WHERE locked_by = $1
  UNION ALL SELECT FROM graphile_worker._private_job_queues WHERE locked_by = $1`;
const heldBy = async (id: string) => (await database().owner.query(LOCKED, [id])).rowCount;
const passTime = () =>
  database().owner.query(`UPDATE graphile_worker._private_jobs SET locked_at = locked_at - interval '31 s';
    UPDATE graphile_worker._private_job_queues SET locked_at = locked_at - interval '31 s'`);
/** What the end of a process does to its connection. */
const cutOff = (id: string) =>
  database().owner.query(
    `SELECT pg_terminate_backend(l.pid, 5000) FROM pg_locks l
     WHERE l.locktype = 'advisory' AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended($1, 0)`,
    [id],
  );

test("unlock dead workers: gives back the jobs and queues of the dead, after half a minute, and nobody else's", async () => {
  const { workerDb } = database();
  const [alive, dead] = [await startBusyWorker(), await startBusyWorker()];
  await passTime();
  expect(await unlockDeadWorkers(workerDb)).toEqual([]);
  expect([await heldBy(alive), await heldBy(dead)]).toEqual([2, 2]);

  await database().owner.query("UPDATE graphile_worker._private_jobs SET locked_at = now()");
  await database().owner.query(
    "UPDATE graphile_worker._private_job_queues SET locked_at = now() WHERE locked_at IS NOT NULL",
  );
  expect((await cutOff(dead)).rowCount).toBe(1);
  expect(await unlockDeadWorkers(workerDb)).toEqual([]);
  await passTime();
  expect(await unlockDeadWorkers(workerDb)).toEqual([dead]);
  expect([await heldBy(alive), await heldBy(dead)]).toEqual([2, 0]);
  expect(await unlockDeadWorkers(workerDb)).toEqual([]);
});

test("unlock dead workers: one that lost its connection shows again that it is alive", async () => {
  const id = await startBusyWorker();
  await cutOff(id);
  const shown = async () => (await cutOffCandidates(id)).rowCount;
  await expect.poll(shown, { timeout: 10_000 }).toBe(1);
  await passTime();
  expect(await unlockDeadWorkers(database().workerDb)).toEqual([]);
  expect(await heldBy(id)).toBe(2);
});

const cutOffCandidates = (id: string) =>
  database().owner.query(
    `SELECT FROM pg_locks l WHERE l.locktype = 'advisory' AND l.granted
       AND (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended($1, 0)`,
    [id],
  );
