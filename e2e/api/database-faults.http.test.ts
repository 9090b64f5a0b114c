import { rename, symlink } from "node:fs/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sealEntries } from "@/lib/audit/sealing/seal-entries";
import { startWithPostgres } from "@/test/breakable-server";
import { cloneDatabase, type TestDatabase } from "@/test/database";
import {
  type Answered,
  checkSeals,
  countErrors,
  countUnsealed,
  endConnections,
  LONGEST_ANSWER_MS,
  makeCanceler,
} from "@/test/faulty-database";
import { type FreezingProxy, startFreezingProxy } from "@/test/freezing-proxy";
import { startServers, type TestServerProcess } from "@/test/server";
import { startWorker, type TestWorkerProcess } from "@/test/worker";

/** One in `npm test`; `npm run drill -- database` takes more. */
const ROUNDS = Number(process.env["FAULT_ROUNDS"] || 1);
/** The target is 30 s; a busy machine may take longer. */
const RECOVERY = { timeout: 60_000, interval: 250 };

let database: TestDatabase;
let proxy: FreezingProxy;
let server: TestServerProcess;
let worker: TestWorkerProcess;
let canceler: Awaited<ReturnType<typeof makeCanceler>>;

beforeAll(async () => {
  database = await cloneDatabase();
  proxy = await startFreezingProxy(database.ownerUrl);
  worker = await startWorker(proxy.through(database.workerUrl), { DATABASE_POOL_SIZE: "4" });
  [server] = (await startServers({ databaseUrl: proxy.through(database.appUrl) })) as [TestServerProcess];
  canceler = await makeCanceler(database.owner);
});
afterAll(async () => {
  await server?.stop();
  await worker?.stop();
  await proxy?.close();
  await database?.drop();
});

const readiness = () => canceler.ask(`${server.baseUrl}/v1/readiness`);
const isWell = async () => {
  const [{ status }, { status: ready, json }] = [await canceler.cancel(server.baseUrl), await readiness()];
  return { status, ready, background: json["background"] };
};
const WELL = {
  status: 201,
  ready: 200,
  background: { worker_is_alive: true, sealer_is_alive: true, seal_lag_seconds: expect.any(Number) },
};
const expectAllSealed = async () => {
  await expect.poll(() => countUnsealed(database.owner), RECOVERY).toBe(0);
  const { entries, seals, highest } = await checkSeals(database.owner);
  expect([seals, highest]).toEqual([entries, entries]);
};
const expectRefused = ({ status, json, retryAfter }: Answered, message: string) => {
  expect({ status, json }).toEqual({
    status: 503,
    json: { code: "SERVICE_UNAVAILABLE", message, errors: null },
  });
  expect(Number(retryAfter)).toBeGreaterThan(0);
};

test(
  "frozen connections: requests answered in time, cancels and sealing continue, nothing sealed twice",
  { timeout: 60_000 + ROUNDS * 120_000 },
  async () => {
    for (let round = 1; round <= ROUNDS; round++) {
      // Fill both pools with working connections.
      const list = () => canceler.ask(`${server.baseUrl}/v1/admin/runs`);
      await Promise.all(Array.from({ length: 20 }, () => [canceler.cancel(server.baseUrl), list()]).flat());
      // Control: connections without timeouts. One of them is about to seal.
      const controls = [database.appUrl, database.workerUrl].map((url) =>
        new pg.Client({ connectionString: proxy.through(url) }).on("error", () => {}),
      ) as [pg.Client, pg.Client];
      for (const control of controls) await control.connect();

      expect(proxy.freeze()).toBeGreaterThan(controls.length);
      let hanging = 2;
      for (const control of [controls[0].query("SELECT 1"), sealEntries(controls[1], 10)])
        void control.then(
          () => hanging--,
          () => {},
        );
      const runIds = await Promise.all(Array.from({ length: 15 }, canceler.newRun));
      const answers = await Promise.all([
        ...runIds.map((runId) => canceler.cancel(server.baseUrl, runId)),
        list(),
        readiness(),
      ]);
      expect(answers.filter(({ status }) => status === 503).length).toBeGreaterThan(0);
      expect(answers.filter(({ status }) => ![200, 201, 503].includes(status))).toEqual([]);
      expect(Math.max(...answers.map(({ tookMs }) => tookMs))).toBeLessThan(LONGEST_ANSWER_MS + 10_000);
      expect(answers.at(-1)).toMatchObject({ status: 503, json: { ok: false } });

      await expect.poll(isWell, RECOVERY).toEqual(WELL);
      // After any first response, a retry completes the cancel, once.
      for (const runId of runIds)
        expect([200, 201]).toContain((await canceler.cancel(server.baseUrl, runId)).status);
      await expectAllSealed();
      expect(hanging).toBe(2);
      for (const control of controls) void control.end().catch(() => {});
    }
  },
);

test(
  "locked run: its cancel gets 503 and works later; another run's cancel succeeds meanwhile",
  { timeout: 120_000 },
  async () => {
    const runId = await canceler.newRun();
    const holder = await database.owner.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT FROM runs WHERE id = $1 FOR UPDATE", [runId]);
    const waiting = canceler.cancel(server.baseUrl, runId);
    expect((await canceler.cancel(server.baseUrl)).status).toBe(201);
    expectRefused(await waiting, "Someone else is changing this run, so nothing was changed. Try again.");
    await holder.query("COMMIT");
    holder.release();
    expect((await canceler.cancel(server.baseUrl, runId)).status).toBe(201);
  },
);

test(
  "read-only database: requests and readiness get 503, few log lines, recovery without a restart",
  { timeout: 180_000 },
  async () => {
    const { owner, name } = database;
    const runId = await canceler.newRun();
    const before = { server: countErrors(server.output()), worker: countErrors(worker.output()) };
    await owner.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    await endConnections(owner);
    const message = "The database is read-only, so nothing was changed. Try again in a minute.";
    // Connections that break during or just before a request are another fault.
    await expect.poll(async () => (await canceler.ask(`${server.baseUrl}/v1/admin/runs`)).status).toBe(200);
    for (let n = 0; n < 30; n++) expectRefused(await canceler.cancel(server.baseUrl, runId), message);
    expect(await readiness()).toMatchObject({
      status: 503,
      json: {
        ok: false,
        dependencies: [
          { name: "database", ok: false, fault: "read_only" },
          { name: "queue", ok: true },
        ],
      },
    });
    expect((await canceler.ask(`${server.baseUrl}/v1/runs/${runId}`)).status).toBe(200);

    await makeWritable(database);
    await endConnections(owner);
    await expect.poll(isWell, RECOVERY).toEqual(WELL);
    expect((await canceler.cancel(server.baseUrl, runId)).status).toBe(201);
    await expectAllSealed();
    // One line per cause, not per request or second.
    expect(countErrors(server.output()) - before.server).toBeLessThan(12);
    expect(countErrors(worker.output()) - before.worker).toBeLessThan(20);
  },
);

/** A session that may write although the database is read-only by default. */
async function makeWritable({ ownerUrl, name }: TestDatabase): Promise<void> {
  const options = "-c default_transaction_read_only=off";
  const client = new pg.Client({ connectionString: ownerUrl, options });
  await client.connect();
  await client.query(`ALTER DATABASE ${name} SET default_transaction_read_only = off`);
  await client.end();
}

test(
  "full disk: requests and readiness get 503, recovery once there is space",
  { timeout: 180_000 },
  async () => {
    const { owner, baseUrl, stop } = await startWithPostgres();
    try {
      const { ask, newRun, cancel } = await makeCanceler(owner);
      const runId = await newRun();
      // PostgreSQL reports an empty table that can't grow with the same error as a full disk.
      const { rows } = await owner.query<{ file: string }>(
        `SELECT current_setting('data_directory') || '/' || pg_relation_filepath(relid) AS file
       FROM pg_partition_tree('audit_entries') WHERE isleaf
       UNION ALL SELECT current_setting('data_directory') || '/' || pg_relation_filepath('idempotency_records')`,
      );
      for (const { file } of rows) {
        await rename(file, `${file}.kept`);
        await symlink("/dev/full", file);
      }
      await endConnections(owner);
      const refused = await cancel(baseUrl, runId);
      expectRefused(refused, "The database is full, so nothing was changed. Try again later.");
      expect(await ask(`${baseUrl}/v1/readiness`)).toMatchObject({
        status: 503,
        json: {
          dependencies: [
            { name: "database", ok: false, fault: "full" },
            { name: "queue", ok: true },
          ],
        },
      });
      expect((await ask(`${baseUrl}/v1/runs/${runId}`)).json["status_code"]).toBe("running");

      for (const { file } of rows) await rename(`${file}.kept`, file);
      await endConnections(owner);
      await expect.poll(async () => (await ask(`${baseUrl}/v1/readiness`)).status, RECOVERY).toBe(200);
      expect((await cancel(baseUrl, runId)).status).toBe(201);
    } finally {
      await stop();
    }
  },
);
