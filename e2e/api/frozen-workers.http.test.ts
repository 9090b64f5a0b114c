import { afterAll, beforeAll, expect, test } from "vitest";
import { SEALER } from "@/lib/platform/jobs/lease";
import { cancelRun } from "@/lib/runs/cancel-run";
import { cloneDatabase, type TestDatabase } from "@/test/database";
import { checkSeals, countUnsealed } from "@/test/faulty-database";
import { type Fixture, makeRun, seedFixture, TEST_CONTEXT } from "@/test/fixture";
import { startWorker, type TestWorkerProcess } from "@/test/worker";

/** One in `npm test`; `npm run drill -- workers` takes more. */
const ROUNDS = Number(process.env["FAULT_ROUNDS"] || 1);
/** Promised are 30 s for the leader and two minutes for jobs; a busy machine may take longer to show it. */
const NEW_LEADER = { timeout: 60_000, interval: 250 };
const JOB_BACK = { timeout: 150_000, interval: 500 };

let database: TestDatabase;
let fixture: Fixture;

beforeAll(async () => {
  database = await cloneDatabase();
  fixture = await seedFixture(database.owner);
});
afterAll(() => database.drop());

/** A worker whose connections carry its name. */
async function hire(name: string): Promise<TestWorkerProcess> {
  const url = new URL(database.workerUrl);
  url.searchParams.set("application_name", name);
  return startWorker(url.href, { DATABASE_POOL_SIZE: "4" });
}

async function findLeader(): Promise<string | undefined> {
  const { rows } = await database.owner.query<{ name: string }>(
    `SELECT a.application_name AS name FROM leaderships l JOIN pg_stat_activity a ON a.pid = l.session_pid
     WHERE l.name = $1 AND l.expires_at > clock_timestamp()`,
    [SEALER],
  );
  return rows[0]?.name;
}

async function cancelRuns(count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const runId = await makeRun(database.owner, fixture);
    await cancelRun(database.db, fixture.support, { runId, reason: null, context: TEST_CONTEXT });
  }
}

async function expectAllSealed(): Promise<void> {
  await expect.poll(() => countUnsealed(database.owner), NEW_LEADER).toBe(0);
  const { entries, seals, highest } = await checkSeals(database.owner);
  expect([seals, highest]).toEqual([entries, entries]);
}

test(
  "a leader that is frozen: another worker seals; when it wakes up it follows, seals nothing twice, and can lead again",
  { timeout: 60_000 + ROUNDS * 240_000 },
  async () => {
    const workers = new Map([
      ["worker-a", await hire("worker-a")],
      ["worker-b", await hire("worker-b")],
    ]);
    try {
      for (let round = 1; round <= ROUNDS; round++) {
        await expect.poll(findLeader, NEW_LEADER).toBeDefined();
        const former = (await findLeader())!;
        const other = [...workers.keys()].find((name) => name !== former)!;
        await cancelRuns(5);
        process.kill(workers.get(former)!.pid, "SIGSTOP");
        await cancelRuns(20);
        await expectAllSealed();
        expect(await findLeader()).toBe(other);

        process.kill(workers.get(former)!.pid, "SIGCONT");
        await cancelRuns(20);
        await expectAllSealed();
        expect(await findLeader()).toBe(other);
        await expect
          .poll(() => workers.get(former)!.output(), NEW_LEADER)
          .toContain("this process no longer seals the audit trail");

        await workers.get(other)!.kill();
        await cancelRuns(5);
        await expectAllSealed();
        expect(await findLeader()).toBe(former);
        workers.set(other, await hire(other));
      }
    } finally {
      for (const worker of workers.values()) {
        process.kill(worker.pid, "SIGCONT");
        await worker.stop();
      }
    }
  },
);

test.each(["SIGKILL", "SIGSTOP"] as const)(
  "a worker that gets %s while a job waits for a lock: another one does the job within two minutes",
  { timeout: 300_000 },
  async (signal) => {
    const { owner } = database;
    const holder = await owner.connect();
    await holder.query("BEGIN; LOCK TABLE idempotency_records IN ACCESS EXCLUSIVE MODE");
    const lost = await hire("worker-lost");
    let next: TestWorkerProcess | undefined;
    try {
      await owner.query("SELECT graphile_worker.add_job('forget_expired', job_key => 'waits')");
      const waiting = async (condition = "") =>
        (await owner.query(`SELECT FROM graphile_worker._private_jobs WHERE key = 'waits' ${condition}`))
          .rowCount;
      await expect.poll(() => waiting("AND locked_by IS NOT NULL")).toBe(1);
      process.kill(lost.pid, signal);
      await holder.query("COMMIT");
      next = await hire("worker-next");
      expect(await waiting("AND locked_by IS NOT NULL")).toBe(1);
      await expect.poll(() => waiting(), JOB_BACK).toBe(0);
    } finally {
      holder.release(true);
      if (signal === "SIGSTOP") process.kill(lost.pid, "SIGCONT");
      await lost.stop();
      await next?.stop();
    }
  },
);
