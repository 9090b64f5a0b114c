import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { useDatabase } from "@/lib/testing/database";
import { makeRun, makeScene, type Scene, TEST_CONTEXT } from "@/lib/testing/scene";
import { applyProviderEvent } from "@/lib/runs/apply-provider-event";
import { cancelRun } from "@/lib/runs/cancel-run";

const database = useDatabase();
let listener: pg.Client;
let scene: Scene;
const heard: string[] = [];

beforeAll(async () => {
  scene = await makeScene(database().owner);
  listener = new pg.Client({ connectionString: database().appUrl });
  await listener.connect();
  listener.on("notification", ({ payload = "" }) => heard.push(payload));
  await listener.query("LISTEN runs_changed");
});
afterAll(async () => await listener?.end());
beforeEach(async () => await readHeard());

/** What was announced since the last look: a notification comes before the answer to any later query. */
async function readPayloads(): Promise<string[]> {
  await listener.query("SELECT");
  return heard.splice(0);
}

const readHeard = async () =>
  (await readPayloads()).map((payload) => JSON.parse(payload) as [string, string][]);

const INSERT_ONE = `INSERT INTO runs (org_id, model_id, model, source_code, status_code, input, request_id)
  VALUES ($1, $2, $3, 'api', 'queued', '{}', 'req_test') RETURNING id`;

const insertRuns = (count: number) =>
  database().owner.query<{ id: string }>(
    `INSERT INTO runs (org_id, model_id, model, source_code, status_code, input, request_id)
     SELECT $1, $2, $3, 'api', 'queued', '{}', 'req_test' FROM generate_series(1, $4) RETURNING id`,
    [scene.orgId, scene.modelId, scene.model, count],
  );

const report = (runId: string, status_code: "succeeded" | "failed", cost: string | null) => {
  const event = {
    event_id: `${runId} ${status_code}`,
    status_code,
    occurred_at: new Date().toISOString(),
    cost,
  };
  return applyProviderEvent(database().db, { runId, event, body: "{}" });
};

test("a run that is created, moves on and is cancelled is announced each time, with its organization", async () => {
  const id = await makeRun(database().owner, scene, { status: "queued" });
  await database().app.query("UPDATE runs SET status_code = 'dispatching' WHERE id = $1", [id]);
  await cancelRun(database().db, scene.support, { runId: id, reason: null, context: TEST_CONTEXT });
  expect(await readHeard()).toEqual([1, 2, 3].map(() => [[id, scene.orgId]]));
});

test("a report that ends a run and books its charge is announced once; a late one is announced too", async () => {
  const id = await makeRun(database().owner, scene);
  await readHeard();
  await report(id, "succeeded", "0.2");
  expect(await readHeard()).toEqual([[[id, scene.orgId]]]);
  await report(id, "failed", null);
  expect(await readHeard()).toEqual([[[id, scene.orgId]]]);
});

test("the runs of one statement are announced together, in less than PostgreSQL allows", async () => {
  const { rows } = await insertRuns(90);
  const payloads = await readPayloads();
  expect(payloads).toHaveLength(1);
  expect(Buffer.byteLength(payloads[0]!)).toBeLessThan(8_000);
  const named = JSON.parse(payloads[0]!) as [string, string][];
  expect(named.map(([id]) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
});

test("a statement about more runs than can be named succeeds, and says that there were many", async () => {
  await insertRuns(91);
  await database().owner.query("UPDATE runs SET status_code = 'dispatching' WHERE status_code = 'queued'");
  expect(await readHeard()).toEqual([null, null]);
});

test("while a transaction has announced and not committed, others count theirs, and don't wait for it", async () => {
  const { owner } = database();
  const unannounced = async () =>
    (await owner.query<{ count: string }>("SELECT last_value AS count FROM runs_unannounced")).rows[0]!.count;
  const client = await owner.connect();
  await client.query("BEGIN");
  const announced = await client.query<{ id: string }>(INSERT_ONE, [scene.orgId, scene.modelId, scene.model]);
  const before = await unannounced();
  await makeRun(owner, scene);
  await makeRun(owner, scene);
  expect(Number(await unannounced())).toBeGreaterThan(Number(before));
  expect(await readHeard()).toEqual([]);
  await client.query("COMMIT");
  client.release();
  expect(await readHeard()).toEqual([[[announced.rows[0]!.id, scene.orgId]]]);
  const id = await makeRun(owner, scene);
  expect(await readHeard()).toEqual([[[id, scene.orgId]]]);
});

test("nothing is announced of a statement that touches no run, or that is rolled back", async () => {
  await database().owner.query("UPDATE runs SET status_code = 'running' WHERE false");
  const client = await database().owner.connect();
  await client.query("BEGIN");
  await client.query("UPDATE runs SET status_code = 'dispatching' WHERE status_code = 'queued'");
  await client.query("ROLLBACK");
  client.release();
  expect(await readHeard()).toEqual([]);
});
