import { afterAll, beforeAll, expect, test } from "vitest";
import { ADMIN_SCOPE, PERMISSIONS } from "@/lib/states/permissions";
import { callHttp } from "@/test/call-http";
import { type Key, makeKey, makePerson } from "@/test/credentials";
import { cloneDatabase, type TestDatabase } from "@/test/database";
import { openStream } from "@/test/event-stream";
import { makeRun, seedFixture, type Fixture } from "@/test/fixture";
import { startServers, type TestServerProcess } from "@/test/server";

let database: TestDatabase;
let servers: TestServerProcess[];
let fixture: Fixture;
let ownerId: string;
let admin: Key;

beforeAll(async () => {
  database = await cloneDatabase();
  const env = { STREAM_HEARTBEAT_SECONDS: "1" };
  servers = await startServers({ databaseUrl: database.appUrl, processes: 2, env });
  fixture = await seedFixture(database.owner);
  ownerId = (await makePerson(database.owner, { role: "admin" })).id;
  admin = await newKey();
});
afterAll(async () => {
  await Promise.all((servers ?? []).map((server) => server.stop()));
  await database?.drop();
});

const newKey = () =>
  makeKey(database.owner, {
    ownerId,
    scopes: [ADMIN_SCOPE, ...PERMISSIONS.filter((permission) => permission !== "runs.create")],
  });
const call = (process: number, method: string, path: string, key: Pick<Key, "headers">, body?: object) =>
  callHttp(servers[process]!.baseUrl, method, path, {
    headers: key.headers,
    ...(body && { body: JSON.stringify(body) }),
  });
const revoke = (process: number, { id }: Pick<Key, "id">, key = admin) =>
  call(process, "POST", `/v1/admin/keys/${id}/revocation`, key, { reason: "ticket #4821: abuse" });
const cancel = async (process: number, key: Key) =>
  call(process, "POST", `/v1/admin/runs/${await makeRun(database.owner, fixture)}/cancellation`, key);

async function statusesOf(ids: readonly string[]): Promise<string[]> {
  const { rows } = await database.owner.query<{ status_code: string }>(
    "SELECT DISTINCT status_code::text FROM runs WHERE id = ANY($1)",
    [ids],
  );
  return rows.map(({ status_code }) => status_code);
}

test("revoked key that both processes had cached: cancels and reads nothing in either", async () => {
  const key = await newKey();
  for (const process of [0, 1, 0, 1]) expect((await cancel(process, key)).status).toBe(201);
  expect((await revoke(0, key)).status).toBe(201);
  for (const process of [1, 0]) {
    const runId = await makeRun(database.owner, fixture);
    const answers = [
      await call(process, "POST", `/v1/admin/runs/${runId}/cancellation`, key, { reason: "still here" }),
      await call(process, "GET", `/v1/runs/${runId}`, key),
      await call(process, "GET", "/v1/admin/runs", key),
      await call(process, "GET", "/v1/admin/audit-log", key),
      await call(process, "GET", "/v1/auth/me", key),
      await call(process, "POST", "/v1/admin/keys", key, {}),
      await revoke(process, admin, key),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401));
    expect(await statusesOf([runId])).toEqual(["running"]);
  }
});

test("concurrent revocations over both processes: one 201, one audit entry", async () => {
  const [key, ...colleagues] = await Promise.all(Array.from({ length: 7 }, newKey));
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, index) => revoke(index % 2, key!, colleagues[index % 6]!)),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(59);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  const { rows } = await database.owner.query<{ actor_id: string; request_id: string }>(
    "SELECT actor_id, request_id FROM audit_entries WHERE target_id = $1 AND action = 'key.revoked'",
    [key!.id],
  );
  const won = answers.findIndex(({ status }) => status === 201);
  const request_id = answers[won]!.headers["runflow-request-id"];
  expect(rows).toEqual([{ actor_id: colleagues[won % 6]!.id, request_id }]);
});

test("key revocation: no cancel sent after its answer succeeds, under load", async () => {
  const key = await newKey();
  const ids = await Promise.all(Array.from({ length: 300 }, () => makeRun(database.owner, fixture)));
  const waiting = [...ids];
  let isRevoked = false;
  const [early, late]: { id: string; status: number }[][] = [[], []];
  const stream = async (process: number) => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const answers = isRevoked ? late! : early!;
      const { status } = await call(process, "POST", `/v1/admin/runs/${id}/cancellation`, key);
      answers.push({ id, status });
    }
  };
  const streams = Array.from({ length: 12 }, (_, index) => stream(index % 2));
  await expect
    .poll(() => early!.filter(({ status }) => status === 201).length, { interval: 5 })
    .toBeGreaterThan(30);
  expect((await revoke(0, key)).status).toBe(201);
  isRevoked = true;
  await Promise.all(streams);
  expect(late!.length).toBeGreaterThan(0);
  expect(new Set(late!.map(({ status }) => status))).toEqual(new Set([401]));
  expect(await statusesOf(late!.map(({ id }) => id))).toEqual(["running"]);
  // The trail has no cancel without a 201 either.
  const { rowCount } = await database.owner.query("SELECT FROM audit_entries WHERE actor_id = $1", [key.id]);
  expect(rowCount).toBe(early!.filter(({ status }) => status === 201).length);
});

test("key that creates keys: its revocation leaves no later key behind", async () => {
  const key = await newKey();
  const body = {
    kind: "service",
    name: "Left behind",
    owner_id: ownerId,
    scopes: ["admin", "keys.manage"],
    reach: { all: true },
  };
  let isRevoked = false;
  const statuses: number[] = [];
  const stream = async (process: number) => {
    while (!isRevoked) statuses.push((await call(process, "POST", "/v1/admin/keys", key, body)).status);
  };
  const streams = [0, 1, 0, 1].map(stream);
  await expect.poll(() => statuses.length, { interval: 5 }).toBeGreaterThan(20);
  expect((await revoke(1, key)).status).toBe(201);
  isRevoked = true;
  await Promise.all(streams);
  const { rows } = await database.owner.query<{ made: number; late: number }>(
    `SELECT count(*)::int AS made, count(*) FILTER (WHERE m.occurred_at > k.revoked_at)::int AS late
     FROM audit_entries m JOIN api_keys k ON k.id = m.actor_id WHERE m.actor_id = $1 AND m.action = 'key.created'`,
    [key.id],
  );
  expect(rows).toEqual([{ made: statuses.filter((status) => status === 201).length, late: 0 }]);
});

test("open streams of a revoked key: end with their next heartbeat, in every process", async () => {
  const key = await newKey();
  const streams = await Promise.all(
    servers.map(({ baseUrl }) => openStream(`${baseUrl}/v1/admin/audit-log/stream`, key.headers)),
  );
  expect(streams.map(({ status }) => status)).toEqual([200, 200]);
  expect((await revoke(0, key)).status).toBe(201);
  for (const stream of streams) {
    await expect.poll(() => stream.hasEnded(), { timeout: 10_000 }).toBe(true);
    expect(stream.isComplete()).toBe(true);
  }
});
