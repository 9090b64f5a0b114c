import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seed } from "@/demo/seed";
import { checkBackup } from "@/lib/backup/check-backup";
import { nameTable } from "@/lib/backup/find-contents";
import { callHttp } from "@/test/call-http";
import { makeKey, makePerson } from "@/test/credentials";
import { useDatabase } from "@/test/database";
import { seedFixture, type Fixture } from "@/test/fixture";
import { databaseUrl, onServer, testServer } from "@/test/postgres";
import { type Receiver, startReceiver } from "@/test/receiver";
import { startServers } from "@/test/server";
import { startWorker } from "@/test/worker";
import { startLoad } from "./rolling/load";

/** A few in `npm test`; `npm run drill -- restore` takes 50,000. */
const RUNS = Number(process.env["RESTORE_RUNS"] || 300);
const CANCELS = 40;

const database = useDatabase();
let fixture: Fixture;
let receiver: Receiver;
let scratch: string;
let copy: string;
let keys: { customer: { Authorization: string }; admin: { Authorization: string } };

beforeAll(
  async () => {
    const { owner, ownerUrl, name } = database();
    await seed({ databaseUrl: ownerUrl, runs: RUNS });
    fixture = await seedFixture(owner);
    receiver = await startReceiver();
    const { id: ownerId } = await makePerson(owner, { role: "admin" });
    const inference = await makeKey(owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId });
    keys = { customer: inference.headers, admin: (await makeKey(owner, { ownerId })).headers };
    scratch = await mkdtemp(path.join(tmpdir(), "runflow-restore-"));
    copy = `${name}_elsewhere`;
    await onServer(ownerUrl, `CREATE DATABASE ${copy}`);
  },
  60_000 + RUNS * 5,
);
afterAll(async () => {
  await receiver?.close();
  await rm(scratch, { recursive: true, force: true });
  await onServer(database().ownerUrl, `DROP DATABASE IF EXISTS ${copy} WITH (FORCE)`);
});

/** Runs a command as a person does, and returns its output. */
async function run(script: string, args: string[], url: string): Promise<string> {
  const child = spawn(process.execPath, ["--import", "tsx", `scripts/${script}.ts`, ...args], {
    env: { ...process.env, MIGRATE_DATABASE_URL: url },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => (output += text));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${script} exited with ${code}:\n${output}`);
  return output;
}

/** Backs up amid requests and jobs. */
async function backUpUnderLoad(): Promise<string> {
  const { appUrl, workerUrl, ownerUrl } = database();
  const [server] = await startServers({ databaseUrl: appUrl });
  const worker = await startWorker(workerUrl);
  const { baseUrl } = server!;
  const load = startLoad({ ...keys, baseUrl, model: fixture.model, callbackUrl: `${receiver.origin}/hook` });
  const letWork = (goal: number) =>
    expect.poll(() => load.canceled.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(goal);
  await letWork(CANCELS);
  const output = await run("backup", ["--to", scratch], ownerUrl);
  await letWork(load.canceled.length + CANCELS);
  await load.stop();
  expect(load.failures).toEqual([]);
  await Promise.all([server!.stop(), worker.stop()]);
  return output;
}

test(
  `backup of ${RUNS} runs under load, restored elsewhere: counts agree, trail and ledger hold, work continues`,
  { timeout: 240_000 + RUNS * 10 },
  async () => {
    const { owner } = database();
    const output = await backUpUnderLoad();
    const folder = path.join(scratch, (await readdir(scratch))[0]!);
    expect(await run("backup", ["--check", folder], "")).toContain("rows of");

    const url = databaseUrl(testServer(), copy);
    const restored = await run("restore", [folder], url);
    expect(restored).toMatch(/Restored in [\d.]+ s; 0 later migrations applied\./);
    expect(restored).toContain("The ledger agrees.");
    console.log(`${output}\n${restored}`);

    const sql = new pg.Pool({ connectionString: url }).on("error", () => {});
    try {
      await expectCounts(sql, folder);
      const count = "SELECT count(*)::int AS runs FROM runs";
      const [before, after] = [await sql.query(count), await owner.query(count)];
      expect(before.rows[0]!.runs).toBeGreaterThan(RUNS);
      // Requests went on after the snapshot.
      expect(before.rows[0]!.runs).toBeLessThan(after.rows[0]!.runs);
      await expectWork(sql);
    } finally {
      await sql.end();
    }
  },
);

/** Each table has the manifest's rows, and each cancellation its one entry and callback. */
async function expectCounts(sql: pg.Pool, folder: string): Promise<void> {
  const { tables } = await checkBackup(folder);
  for (const table of tables.filter(({ name }) => name !== "worker_heartbeats")) {
    const { rows } = await sql.query<{ rows: number }>(
      `SELECT count(*)::int AS rows FROM ${nameTable(table)}`,
    );
    expect({ table: table.name, rows: rows[0]!.rows }).toEqual({ table: table.name, rows: table.rows });
  }
  const { rows: wrong } = await sql.query(
    `SELECT id FROM runs r WHERE callback_url LIKE $1 AND (
       (SELECT count(*) FROM audit_entries e WHERE e.target_id = r.id AND e.action = 'run.cancelled')
         <> (status_code = 'canceled')::int
       OR (SELECT count(*) FROM deliveries d WHERE d.run_id = r.id) <> (status_code = 'canceled')::int)`,
    [`${receiver.origin}%`],
  );
  expect(wrong).toEqual([]);
}

/** The restored database serves requests, and delivers the callbacks that were waiting. */
async function expectWork(sql: pg.Pool): Promise<void> {
  const { webRole, workerRole, password } = testServer();
  const [server] = await startServers({
    databaseUrl: databaseUrl(testServer(), copy, { user: webRole, password }),
  });
  const worker = await startWorker(databaseUrl(testServer(), copy, { user: workerRole, password }));
  try {
    const send = (path: string, headers: Record<string, string>, body: object) =>
      callHttp(server!.baseUrl, "POST", path, { headers, body: JSON.stringify(body) });
    const created = await send(`/v1/models/${fixture.model}/runs`, keys.customer, { input: {} });
    expect(created.status).toBe(201);
    const { id } = JSON.parse(created.text) as { id: string };
    const canceled = await send(`/v1/admin/runs/${id}/cancellation`, keys.admin, { reason: "Ticket #4821" });
    expect(canceled.status).toBe(201);
    const pending = async () =>
      (
        await sql.query("SELECT FROM deliveries WHERE url LIKE $1 AND state <> 'delivered'", [
          `${receiver.origin}%`,
        ])
      ).rowCount;
    await expect.poll(pending, { timeout: 60_000 }).toBe(0);
    await expect.poll(async () => (await sql.query("SELECT FROM audit_unsealed")).rowCount).toBe(0);
  } finally {
    await Promise.all([server!.stop(), worker.stop()]);
  }
}
