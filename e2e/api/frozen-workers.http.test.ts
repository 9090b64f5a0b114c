import { type ExpectStatic, test } from "vitest";
import { readServiceState } from "@/lib/operations/read-service-state";
import { isRunning } from "@/lib/platform/db/postgres-leftover";
import { SEALER } from "@/lib/platform/jobs/lease";
import { cancelRun } from "@/lib/runs/cancel-run";
import { cloneDatabase, type TestDatabase } from "@/test/database";
import { checkSeals, countUnsealed } from "@/test/faulty-database";
import { type Fixture, makeRun, seedFixture, TEST_CONTEXT } from "@/test/fixture";
import { type FreezingProxy, startFreezingProxy } from "@/test/freezing-proxy";
import { startWorker, type TestWorkerProcess } from "@/test/worker";

/** One in `npm test`; `npm run drill -- workers` takes more. */
const ROUNDS = Number(process.env["FAULT_ROUNDS"] || 1);
/** The targets are 30 s for the leader and two minutes for jobs; a busy machine may take longer. */
const NEW_LEADER = { timeout: 60_000, interval: 250 };
const JOB_BACK = { timeout: 150_000, interval: 500 };

type Hired = { worker: TestWorkerProcess; proxy: FreezingProxy };
type Stage = {
  database: TestDatabase;
  hire(name: string): Promise<Hired>;
  findLeader(): Promise<string | undefined>;
  cancelRuns(count: number): Promise<void>;
};

/** One database per test: the tests mostly wait, so they run concurrently. */
const onStage = test.extend<{ stage: Stage }>({
  // oxlint-disable-next-line no-empty-pattern
  stage: async ({}, use) => {
    const database = await cloneDatabase();
    const fixture = await seedFixture(database.owner);
    await use({
      database,
      hire: (name) => hire(database, name),
      findLeader: () => findLeader(database),
      cancelRuns: (count) => cancelRuns(database, fixture, count),
    });
    await database.drop();
  },
});

/** A worker with its own proxy; its connections carry its name. */
async function hire(database: TestDatabase, name: string): Promise<Hired> {
  const proxy = await startFreezingProxy(database.ownerUrl);
  const url = new URL(proxy.through(database.workerUrl));
  url.searchParams.set("application_name", name);
  return { worker: await startWorker(url.href, { DATABASE_POOL_SIZE: "4" }), proxy };
}

async function dismiss({ worker, proxy }: Hired): Promise<void> {
  if (isRunning(worker.pid)) process.kill(worker.pid, "SIGCONT");
  await worker.stop();
  await proxy.close();
}

async function findLeader(database: TestDatabase): Promise<string | undefined> {
  const { rows } = await database.owner.query<{ name: string }>(
    `SELECT a.application_name AS name FROM leaderships l JOIN pg_stat_activity a ON a.pid = l.session_pid
     WHERE l.name = $1 AND l.expires_at > clock_timestamp()`,
    [SEALER],
  );
  return rows[0]?.name;
}

async function cancelRuns(database: TestDatabase, fixture: Fixture, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const runId = await makeRun(database.owner, fixture);
    await cancelRun(database.db, fixture.support, { runId, reason: "Drill", context: TEST_CONTEXT });
  }
}

async function expectAllSealed(expect: ExpectStatic, database: TestDatabase): Promise<void> {
  await expect.poll(() => countUnsealed(database.owner), NEW_LEADER).toBe(0);
  const { entries, seals, highest } = await checkSeals(database.owner);
  expect([seals, highest]).toEqual([entries, entries]);
}

const AWAY: [how: string, leave: (hired: Hired) => void, comeBack: (hired: Hired) => void][] = [
  [
    "is frozen",
    ({ worker }) => process.kill(worker.pid, "SIGSTOP"),
    ({ worker }) => process.kill(worker.pid, "SIGCONT"),
  ],
  ["is cut off", ({ proxy }) => proxy.cutOff(), ({ proxy }) => proxy.heal()],
];

onStage.concurrent.for(AWAY)(
  "leader that %s: another worker seals; on its return it follows, seals nothing twice, and can lead again",
  { timeout: 60_000 + ROUNDS * 240_000 },
  async ([_how, leave, comeBack], { stage, expect }) => {
    const { database, hire, findLeader, cancelRuns } = stage;
    const crew = new Map([
      ["worker-a", await hire("worker-a")],
      ["worker-b", await hire("worker-b")],
    ]);
    try {
      for (let round = 1; round <= ROUNDS; round++) {
        await expect.poll(findLeader, NEW_LEADER).toBeDefined();
        const former = (await findLeader())!;
        const other = [...crew.keys()].find((name) => name !== former)!;
        await cancelRuns(5);
        leave(crew.get(former)!);
        await cancelRuns(20);
        await expect.poll(findLeader, NEW_LEADER).toBe(other);
        await expectAllSealed(expect, database);

        comeBack(crew.get(former)!);
        await cancelRuns(20);
        await expectAllSealed(expect, database);
        const { output } = crew.get(former)!.worker;
        await expect.poll(() => countLines(output(), NOT_LEADING), NEW_LEADER).toBeGreaterThan(0);
        expect(await findLeader()).toBe(other);

        await crew.get(other)!.worker.kill();
        await cancelRuns(5);
        await expectAllSealed(expect, database);
        expect(await findLeader()).toBe(former);
        await crew.get(other)!.proxy.close();
        crew.set(other, await hire(other));
      }
    } finally {
      for (const hired of crew.values()) await dismiss(hired);
    }
  },
);

/** Logged by a worker that lost the leadership, or whose step failed. */
const NOT_LEADING = /no longer seals the audit trail|the process that seals the audit trail failed/g;
const countLines = (output: string, line: RegExp): number => output.match(line)?.length ?? 0;

onStage.concurrent.for(["SIGKILL", "SIGSTOP"] as const)(
  "worker that gets %s while a job waits for a lock: another worker does the job within two minutes",
  { timeout: 300_000 },
  async (signal, { stage, expect }) => {
    const { database, hire } = stage;
    const { owner } = database;
    const holder = await owner.connect();
    await holder.query("BEGIN; LOCK TABLE idempotency_records IN ACCESS EXCLUSIVE MODE");
    const crew = [await hire("worker-lost")];
    try {
      await owner.query("SELECT graphile_worker.add_job('forget_expired', job_key => 'waits')");
      const waiting = async (condition = "") =>
        (await owner.query(`SELECT FROM graphile_worker._private_jobs WHERE key = 'waits' ${condition}`))
          .rowCount;
      await expect.poll(() => waiting("AND locked_by IS NOT NULL")).toBe(1);
      process.kill(crew[0]!.worker.pid, signal);
      await holder.query("COMMIT");
      crew.push(await hire("worker-next"));
      expect(await waiting("AND locked_by IS NOT NULL")).toBe(1);
      await expect.poll(() => waiting(), JOB_BACK).toBe(0);
    } finally {
      holder.release(true);
      for (const hired of crew) await dismiss(hired);
    }
  },
);

onStage.concurrent(
  "frozen worker alone: the state of the service names it and the unsealed entries, until it goes on",
  { timeout: 300_000 },
  async ({ stage, expect }) => {
    const { database, hire, cancelRuns, findLeader } = stage;
    const hired = await hire("worker-alone");
    const readProblems = async () => (await readServiceState(database.db)).problems.map(({ title }) => title);
    try {
      await expect.poll(findLeader, NEW_LEADER).toBe("worker-alone");
      await cancelRuns(2);
      await expectAllSealed(expect, database);
      await expect.poll(readProblems, JOB_BACK).toEqual([]);

      process.kill(hired.worker.pid, "SIGSTOP");
      await cancelRuns(3);
      await expect
        .poll(readProblems, JOB_BACK)
        .toEqual([
          "No worker is running.",
          "The audit trail isn’t being sealed: 3 entries wait.",
          expect.stringMatching(/^1 process stopped answering: worker .+:\d+\.$/),
        ]);
      process.kill(hired.worker.pid, "SIGCONT");
      await expect.poll(readProblems, JOB_BACK).toEqual([]);
      await expectAllSealed(expect, database);
    } finally {
      await dismiss(hired);
    }
  },
);
