import { afterAll, beforeAll, expect, test } from "vitest";
import { ServiceState } from "@/lib/contract/service-state";
import { callHttp } from "@/test/call-http";
import { makeKey, makePerson } from "@/test/credentials";
import { cloneDatabase, type TestDatabase } from "@/test/database";
import { makeFailedJob, readJob } from "@/test/jobs";
import { startServers, type TestServerProcess } from "@/test/server";
import { startWorker } from "@/test/worker";

let database: TestDatabase;
let servers: TestServerProcess[];
let headers: Record<string, string>;

beforeAll(async () => {
  database = await cloneDatabase();
  servers = await startServers({ databaseUrl: database.appUrl, processes: 2 });
  const { id: ownerId } = await makePerson(database.owner, { role: "admin" });
  ({ headers } = await makeKey(database.owner, { ownerId, scopes: ["admin"] }));
});
afterAll(async () => {
  await Promise.all((servers ?? []).map((server) => server.stop()));
  await database?.drop();
});

const call = async (method: string, path: string, body?: object, by = headers, server = servers[0]!) => {
  const request = { headers: by, ...(body && { body: JSON.stringify(body) }) };
  const { status, text } = await callHttp(server.baseUrl, method, path, request);
  return { status, json: JSON.parse(text) as Record<string, unknown> };
};
const entriesOf = async (id: string) =>
  (
    await database.owner.query(
      "SELECT FROM audit_entries WHERE action = 'job.retried' AND meta ->> 'job_id' = $1",
      [id],
    )
  ).rowCount;

test("failed job, 16 callers at once in two processes: one 202, fifteen 409, one entry", async () => {
  const { id, revision } = await makeFailedJob(database.owner);
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_each, index) =>
      call("POST", `/v1/admin/jobs/${id}/retry`, { revision }, headers, servers[index % 2]),
    ),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([202, ...Array<number>(15).fill(409)]);
  for (const { status, json } of answers)
    if (status === 409) expect(json).toMatchObject({ code: "CONFLICT", errors: [{ type: "job_retried" }] });
  expect(await readJob(database.owner, id)).toMatchObject({ attempts: 2, revision: 1 });
  expect(await entriesOf(id)).toBe(1);
});

test("lost answer: the same idempotency key gets it again, and the job runs once", async () => {
  const { id, revision } = await makeFailedJob(database.owner);
  const keyed = { ...headers, "Idempotency-Key": `retry-${id}` };
  const first = await call("POST", `/v1/admin/jobs/${id}/retry`, { revision }, keyed);
  const second = await call("POST", `/v1/admin/jobs/${id}/retry`, { revision }, keyed, servers[1]);
  expect(second).toEqual(first);
  expect(first.status).toBe(202);
  expect(await entriesOf(id)).toBe(1);
});

test("key that may only look: sees the state and the jobs, and runs none again", async () => {
  const { id, revision } = await makeFailedJob(database.owner);
  const { id: ownerId } = await makePerson(database.owner, { role: "admin" });
  const scopes = ["admin", "operations.read"];
  const { headers: by } = await makeKey(database.owner, { ownerId, scopes });
  expect((await call("GET", "/v1/admin/operations", undefined, by)).status).toBe(200);
  expect((await call("GET", "/v1/admin/jobs", undefined, by)).status).toBe(200);
  const refused = await call("POST", `/v1/admin/jobs/${id}/retry`, { revision }, by);
  expect(refused).toMatchObject({ status: 403, json: { errors: [{ type: "permission_required" }] } });
  expect(await readJob(database.owner, id)).toMatchObject({ attempts: 3 });
});

test("job list: failed by default, paged", async () => {
  const made = [(await makeFailedJob(database.owner)).id, (await makeFailedJob(database.owner)).id];
  const first = await call("GET", "/v1/admin/jobs?limit=1");
  expect(first.json).toMatchObject({ items: [{ id: made[1], state: "failed" }], next: expect.any(String) });
  const next = encodeURIComponent(first.json["next"] as string);
  const second = await call("GET", `/v1/admin/jobs?limit=1&pq=${next}`);
  expect(second.json).toMatchObject({ items: [{ id: made[0] }] });
  expect((await call("GET", "/v1/admin/jobs?state=done")).status).toBe(422);
});

test("worker and two web servers: registered while they run; a killed worker stays as a problem", async () => {
  const read = async () => ServiceState.parse((await call("GET", "/v1/admin/operations")).json);
  const kinds = async () => (await read()).processes.map(({ kind }) => kind);
  await expect.poll(kinds).toEqual(["web", "web"]);
  const [stopped, killed] = [await startWorker(database.workerUrl), await startWorker(database.workerUrl)];
  await expect.poll(kinds).toEqual(["web", "web", "worker", "worker"]);
  expect((await read()).problems.map(({ kind }) => kind)).not.toContain("no_worker");
  await stopped.stop();
  expect(await kinds()).toEqual(["web", "web", "worker"]);
  await killed.kill();
  const problems = async () => (await read()).problems.map(({ kind }) => kind);
  await expect
    .poll(problems, { timeout: 60_000 })
    .toEqual(expect.arrayContaining(["no_worker", "process_lost"]));
  expect((await read()).processes.map(({ is_alive }) => is_alive)).toEqual([true, true, false]);
});
