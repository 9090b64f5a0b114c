import { beforeAll, afterAll, describe, expect, test } from "vitest";
import { findFreePort } from "@/lib/platform/db/free-port";
import { makeKey, makePerson } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { scrape, TEST_METRICS_TOKEN } from "@/test/metrics";
import { startServers, type TestServerProcess } from "@/test/server";
import { useApi } from "@/test/use-api";
import { startWorker, type TestWorkerProcess } from "@/test/worker";

const api = useApi({ METRICS_TOKEN: TEST_METRICS_TOKEN });
let headers: Record<string, string>;
let personId: string;
beforeAll(async () => {
  const { owner } = api().database;
  personId = (await makePerson(owner, { role: "admin" })).id;
  ({ headers } = await makeKey(owner, { ownerId: personId, scopes: ["admin"] }));
});

const cancel = (runId: string) =>
  api().call("POST", `/v1/admin/runs/${runId}/cancellation`, { headers, body: "" });

/** How much each metric moved while `act` ran. */
async function moved(act: () => Promise<unknown>, baseUrl = api().baseUrl) {
  const before = await scrape(baseUrl);
  await act();
  const after = await scrape(baseUrl);
  return (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
}

const outcome = (name: string) => `runflow_cancellations_total{outcome="${name}"}`;
const requests = (operation: string, status: number) =>
  `runflow_http_requests_total{operation="${operation}",status="${status}"}`;

describe("guard", () => {
  const ask = (baseUrl: string, authorization?: string, method = "GET") =>
    fetch(`${baseUrl}/metrics`, { method, headers: authorization ? { Authorization: authorization } : {} });

  test("no token, another token, a staff key: 401 without metrics", async () => {
    const wrong = `Bearer ${TEST_METRICS_TOKEN.slice(0, -1)}x`;
    for (const given of [
      undefined,
      wrong,
      `Basic ${TEST_METRICS_TOKEN}`,
      "Bearer",
      headers["Authorization"],
    ]) {
      const response = await ask(api().baseUrl, given);
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      expect(await response.text()).not.toContain("runflow_");
    }
    expect((await ask(api().baseUrl, `Bearer ${TEST_METRICS_TOKEN}`)).status).toBe(200);
    expect((await ask(api().baseUrl, `Bearer ${TEST_METRICS_TOKEN}`, "POST")).status).toBe(405);
  });

  test("without the setting: the path doesn't exist, with a token neither", async () => {
    const [server] = (await startServers({ databaseUrl: api().database.appUrl })) as [TestServerProcess];
    try {
      for (const given of [undefined, "Bearer ", `Bearer ${TEST_METRICS_TOKEN}`])
        expect((await ask(server.baseUrl, given)).status).toBe(404);
    } finally {
      await server.stop();
    }
  });
});

test("requests: counted by operation and status, with their duration; unknown paths under one name", async () => {
  const by = await moved(async () => {
    await api().call("GET", "/v1/health");
    await api().call("GET", "/v1/health");
    await api().call("GET", "/v1/admin/runs");
    await api().call("GET", "/v1/nowhere/a");
    await api().call("GET", "/v1/nowhere/b");
    await api().call("PATCH", "/v1/health");
  });
  expect(by(requests("getHealth", 200))).toBe(2);
  expect(by(requests("listAdminRuns", 401))).toBe(1);
  expect(by(requests("none", 404))).toBe(2);
  expect(by(requests("none", 405))).toBe(1);
  expect(by('runflow_http_request_duration_seconds_count{operation="getHealth"}')).toBe(2);
  expect(by('runflow_http_request_duration_seconds_sum{operation="getHealth"}')).toBeGreaterThan(0);
  expect(by('runflow_http_request_duration_seconds_bucket{le="+Inf",operation="getHealth"}')).toBe(2);
});

test("cancels: counted by outcome", async () => {
  const { database, fixture } = api();
  const [open, own] = [await makeRun(database.owner, fixture), await makeRun(database.owner, fixture)];
  const ended = await makeRun(database.owner, fixture, { status: "succeeded" });
  await database.owner.query("UPDATE runs SET created_by = $1 WHERE id = $2", [personId, own]);
  const by = await moved(async () => {
    expect((await cancel(open)).status).toBe(201);
    expect((await cancel(ended)).status).toBe(200);
    expect((await cancel(own)).status).toBe(409);
    expect((await cancel("01a2107c-b90e-7e59-bdb0-ed5c0021c5b7")).status).toBe(404);
  });
  const outcomes = ["canceled", "unchanged", "conflict", "refused"].map((name) => by(outcome(name)));
  expect(outcomes).toEqual([1, 1, 1, 1]);
  expect(by("runflow_races_lost_total")).toBe(0);
});

test("races: four callers that wait for one run, three of whom lose", async () => {
  const { owner } = api().database;
  const runId = await makeRun(owner, api().fixture);
  const holder = await owner.connect();
  const by = await moved(async () => {
    await holder.query("BEGIN");
    await holder.query("SELECT FROM runs WHERE id = $1 FOR UPDATE", [runId]);
    const cancels = [1, 2, 3, 4].map(() => cancel(runId));
    const waiting = async () =>
      (
        await owner.query(
          "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
        )
      ).rowCount;
    await expect.poll(waiting).toBe(4);
    await holder.query("COMMIT");
    const statuses = (await Promise.all(cancels)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 200, 200, 201]);
  }).finally(() => holder.release(true));
  expect([by(outcome("canceled")), by(outcome("unchanged"))]).toEqual([1, 3]);
  expect(by("runflow_races_lost_total")).toBe(3);
});

test("process: build, pools, event loop, registry, and the database's gauges", async () => {
  const readings = await scrape(api().baseUrl);
  const build = [...readings.keys()].filter((name) => name.startsWith("runflow_build_info"));
  expect(build).toEqual([expect.stringMatching(/^runflow_build_info\{version="\d[^"]*",revision=""\}$/)]);
  const pool = (state: string) => readings.get(`runflow_db_pool_connections{pool="main",state="${state}"}`);
  expect(pool("idle")! + pool("used")!).toBeGreaterThan(0);
  expect(pool("waiting")).toBe(0);
  const lag = async () => (await scrape(api().baseUrl)).get("nodejs_eventloop_lag_p99_seconds");
  // Its samples are taken every 10 ms and start again with each scrape.
  await expect.poll(lag).toBeGreaterThan(0);
  expect(readings.get("process_resident_memory_bytes")).toBeGreaterThan(1e7);
  await expect
    .poll(async () => (await scrape(api().baseUrl)).get('runflow_process_up{kind="web"}'))
    .toBeGreaterThan(0);
  expect(readings.get("runflow_database_up")).toBe(1);
});

test("pool: shows the connections in use and the requests that wait for one", async () => {
  const { owner, appUrl } = api().database;
  const env = { METRICS_TOKEN: TEST_METRICS_TOKEN, DATABASE_POOL_SIZE: "1" };
  const [server] = (await startServers({ databaseUrl: appUrl, env })) as [TestServerProcess];
  const holder = await owner.connect();
  try {
    await holder.query("BEGIN; LOCK TABLE api_keys IN ACCESS EXCLUSIVE MODE");
    const calls = [1, 2, 3].map(() => fetch(`${server.baseUrl}/v1/runs/statuses`, { headers }));
    const states = async () => {
      const readings = await scrape(server.baseUrl);
      return ["used", "waiting"].map((state) =>
        readings.get(`runflow_db_pool_connections{pool="main",state="${state}"}`),
      );
    };
    // The process's heartbeat may wait, too.
    await expect.poll(states).toEqual([1, expect.toSatisfy((waiting: number) => waiting >= 2)]);
    await holder.query("ROLLBACK");
    await Promise.all(calls);
    await expect.poll(states).toEqual([0, 0]);
  } finally {
    holder.release(true);
    await server.stop();
  }
});

describe("worker", () => {
  let worker: TestWorkerProcess;
  let baseUrl: string;
  beforeAll(async () => {
    const port = await findFreePort();
    baseUrl = `http://127.0.0.1:${port}`;
    worker = await startWorker(api().database.workerUrl, {
      WORKER_PORT: String(port),
      METRICS_TOKEN: TEST_METRICS_TOKEN,
    });
  });
  afterAll(() => worker?.stop());

  test("metrics: only with the token", async () => {
    expect((await fetch(`${baseUrl}/metrics`)).status).toBe(401);
    const wrong = { Authorization: `Bearer ${TEST_METRICS_TOKEN}x` };
    expect((await fetch(`${baseUrl}/metrics`, { headers: wrong })).status).toBe(401);
    const readings = await scrape(baseUrl);
    expect(readings.get("runflow_database_up")).toBe(1);
    expect(readings.has('runflow_db_pool_connections{pool="queue",state="idle"}')).toBe(true);
    await expect.poll(async () => (await scrape(baseUrl)).get('runflow_process_up{kind="worker"}')).toBe(1);
  });

  test("bulk cancellation: each run counts by its outcome", async () => {
    const { database, fixture, call } = api();
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push(await makeRun(database.owner, fixture));
    const by = await moved(async () => {
      const body = JSON.stringify({ reason: "ticket #4821: abuse", run_ids: ids });
      const plan = await call("POST", "/v1/admin/cancellation-batches", { headers, body });
      const { id } = plan.json as { id: string };
      await cancel(ids[0]!);
      const path = `/v1/admin/cancellation-batches/${id}`;
      const started = await call("POST", `${path}/execution`, {
        headers,
        body: JSON.stringify({ expected_count: 4 }),
      });
      expect(started.status).toBe(202);
      const state = async () => ((await call("GET", path, { headers })).json as { state: string }).state;
      await expect.poll(state).toBe("completed");
    }, baseUrl);
    expect([by(outcome("canceled")), by(outcome("unchanged"))]).toEqual([4, 1]);
  });
});
