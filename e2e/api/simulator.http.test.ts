import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seed } from "@/demo/seed";
import { type Child, startChild } from "@/demo/start/child";
import { keepCustomers } from "@/demo/start/customers";
import { findFreePort } from "@/lib/platform/db/free-port";
import { callHttp } from "@/test/call-http";
import { cloneDatabase, type TestDatabase } from "@/test/database";
import { startServers, TEST_ENCRYPTION_KEY, TEST_PROVIDER_SECRET } from "@/test/server";
import { startWorker } from "@/test/worker";

/** The demo as a whole: a seeded database, server, worker and simulator. */
let database: TestDatabase;
let baseUrl: string;
let adminKey: string;
let simulator: Child;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "simulator-"));
  ends.push(() => rm(folder, { recursive: true }));
  database = await cloneDatabase();
  ends.push(database.drop);
  const customersFile = path.join(folder, "customers.json");
  const receiverPort = await findFreePort();
  const introduction = {
    customers: await keepCustomers(customersFile),
    origin: `http://127.0.0.1:${receiverPort}`,
    encryptionKey: TEST_ENCRYPTION_KEY,
  };
  adminKey = (await seed({ databaseUrl: database.ownerUrl, runs: 200, introduction })).keys.admin;
  const [server] = await startServers({ databaseUrl: database.appUrl });
  ends.push(server!.stop);
  baseUrl = server!.baseUrl;
  simulator = startChild({
    name: "simulator",
    script: "demo/simulator.ts",
    logFile: path.join(folder, "log"),
    env: {
      ...process.env,
      BASE_URL: baseUrl,
      PROVIDER_SECRET: TEST_PROVIDER_SECRET,
      CUSTOMERS_FILE: customersFile,
      RECEIVER_PORT: String(receiverPort),
      SMTP_PORT: String(await findFreePort()),
      RUNS_PER_MINUTE: "1200",
    },
  });
  ends.push(simulator.stop);
  await Promise.race([simulator.message, simulator.ended]);
  const worker = await startWorker(database.workerUrl);
  ends.push(worker.stop);
});
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

const rows = async (sql: string, values: unknown[] = []) =>
  (await database.owner.query<{ id: string }>(sql, values)).rows;
const NEW_RUNS = `SELECT r.id FROM runs r JOIN api_keys k ON k.id = r.api_key_id JOIN organizations o ON o.id = r.org_id
  WHERE k.name = 'Storefront'`;

test("simulator: customers of every organization create runs", async () => {
  const organizations = `SELECT DISTINCT r.org_id AS id FROM (${NEW_RUNS}) made JOIN runs r USING (id)`;
  await expect.poll(() => rows(organizations), { timeout: 30_000 }).toHaveLength(7);
});

test("simulator: a customer gets a signed callback about a canceled run and accepts it", async () => {
  const open = `${NEW_RUNS} AND o.slug = 'nordlicht' AND r.callback_url IS NOT NULL AND NOT is_terminal(r.status_code)`;
  await expect.poll(() => rows(open), { timeout: 30_000 }).not.toHaveLength(0);
  const { id } = (await rows(`${open} ORDER BY r.id DESC`))[0]!;
  const headers = { Authorization: `Bearer ${adminKey}` };
  expect((await callHttp(baseUrl, "POST", `/v1/admin/runs/${id}/cancellation`, { headers })).status).toBe(
    201,
  );
  const heard = `SELECT d.id FROM deliveries d JOIN delivery_attempts a ON a.delivery_id = d.id
    WHERE d.run_id = $1 AND d.event = 'run.cancelled' AND a.status = 204 AND a.secret_id IS NOT NULL`;
  // Its callback and the organization's webhook.
  await expect.poll(() => rows(heard, [id]), { timeout: 30_000 }).toHaveLength(2);
});
