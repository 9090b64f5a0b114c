import { afterAll, beforeAll, expect, test } from "vitest";
import type { ApiKey, KeyActivity } from "@/lib/contract/keys";
import type { Run } from "@/lib/contract/runs";
import { ADMIN_SCOPE, PERMISSIONS } from "@/lib/states/permissions";
import { callHttp } from "@/test/call-http";
import { type Key, makeKey, makePerson, signIn } from "@/test/credentials";
import { cloneDatabase, type TestDatabase } from "@/test/database";
import { openStream } from "@/test/event-stream";
import { type Fixture, makeRun, seedFixture } from "@/test/fixture";
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

const ALL = [ADMIN_SCOPE, ...PERMISSIONS.filter((permission) => permission !== "runs.create")];
const newKey = (scopes: string[] = ALL) => makeKey(database.owner, { ownerId, scopes });
const customerKey = () =>
  makeKey(database.owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId });

const call = (
  process: number,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: object,
) =>
  callHttp(servers[process]!.baseUrl, method, path, {
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
type Change = "suspension" | "resumption" | "revocation";
const REASON = { reason: "ticket #4821: abuse" };
const change = (
  process: number,
  what: Change,
  { id }: Pick<Key, "id">,
  body: object = REASON,
  headers: Record<string, string> = admin.headers,
) => call(process, "POST", `/v1/admin/keys/${id}/${what}`, headers, body);
const statusOf = async (process: number, key: Key) =>
  (await call(process, "GET", "/v1/auth/me", key.headers)).status;
const bodyOf = <T>({ text }: { text: string }) => JSON.parse(text) as T;
const errorOf = (reply: { status: number; text: string }) => ({
  status: reply.status,
  type: bodyOf<{ errors: { type: string }[] | null }>(reply).errors?.[0]?.type,
});

async function actionsOf({ id }: Pick<Key, "id">): Promise<string[]> {
  const { rows } = await database.owner.query<{ action: string }>(
    "SELECT action FROM audit_entries WHERE target_id = $1 ORDER BY id",
    [id],
  );
  return rows.map(({ action }) => action);
}

test("suspended key: refused at once in every process; works again when resumed or when its time is over", async () => {
  const key = await customerKey();
  for (const process of [0, 1]) expect(await statusOf(process, key)).toBe(200);
  const suspended = await change(0, "suspension", key);
  expect(suspended).toMatchObject({ status: 201, headers: { "runflow-suspension": "transitioned" } });
  const { state, suspended_until: until } = bodyOf<ApiKey>(suspended);
  expect(state).toBe("suspended");
  expect(Math.abs(Date.parse(until!) - Date.now() - 3_600_000)).toBeLessThan(60_000);
  for (const process of [1, 0]) {
    expect(await statusOf(process, key)).toBe(401);
    const create = await call(process, "POST", `/v1/models/${fixture.model}/runs`, key.headers, {
      input: {},
    });
    expect(create.status).toBe(401);
  }

  const resumed = await change(1, "resumption", key, {});
  expect(resumed).toMatchObject({ status: 201, headers: { "runflow-resumption": "transitioned" } });
  expect(bodyOf<ApiKey>(resumed)).toMatchObject({ state: "active", suspended_until: null });
  for (const process of [0, 1]) expect(await statusOf(process, key)).toBe(200);

  expect((await change(0, "suspension", key, { ...REASON, minutes: 1 })).status).toBe(201);
  expect(await statusOf(1, key)).toBe(401);
  await database.owner.query(
    "UPDATE api_keys SET suspended_until = suspended_until - interval '1 minute' WHERE id = $1",
    [key.id],
  );
  for (const process of [0, 1]) expect(await statusOf(process, key)).toBe(200);
  expect(await actionsOf(key)).toEqual(["key.suspended", "key.resumed", "key.suspended"]);
});

test("repeated suspension: 200 with identical bytes; a replay gets its 201", async () => {
  const key = await customerKey();
  const headers = { ...admin.headers, "Idempotency-Key": "suspend" };
  const body = { reason: "  ticket #4821: abuse ", minutes: 30 };
  const first = await change(0, "suspension", key, body, headers);
  expect(first.status).toBe(201);
  const second = await change(1, "suspension", key, { reason: "again", minutes: 1440 });
  expect(second).toMatchObject({
    status: 200,
    text: first.text,
    headers: { "runflow-suspension": "unchanged" },
  });
  const replay = await change(1, "suspension", key, body, headers);
  expect(replay).toMatchObject({ status: 201, text: first.text });
  expect(errorOf(await change(0, "suspension", key, REASON, headers))).toEqual({
    status: 409,
    type: "idempotency_key_reused",
  });
  expect(await actionsOf(key)).toEqual(["key.suspended"]);
});

test("suspensions and revocations over both processes: one 201 each, one entry each", async () => {
  const key = await customerKey();
  const colleagues = await Promise.all(Array.from({ length: 6 }, () => newKey()));
  const send = (what: Change, count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        change(index % 2, what, key, REASON, colleagues[index % 6]!.headers),
      ),
    );
  const suspensions = await send("suspension", 40);
  expect(suspensions.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(suspensions.filter(({ status }) => status === 200)).toHaveLength(39);
  const [revocations, late] = await Promise.all([send("revocation", 30), send("suspension", 30)]);
  expect(revocations.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(new Set(late.map(({ status }) => status)).difference(new Set([200, 409]))).toEqual(new Set());
  expect(errorOf(await change(0, "suspension", key))).toEqual({ status: 409, type: "key_revoked" });
  expect(errorOf(await change(1, "resumption", key))).toEqual({ status: 409, type: "key_revoked" });
  expect(await actionsOf(key)).toEqual(["key.suspended", "key.revoked"]);
});

test("key that suspends its own access: ends, with its open streams", async () => {
  const key = await newKey();
  const stream = await openStream(`${servers[1]!.baseUrl}/v1/admin/audit-log/stream`, key.headers);
  expect(stream.status).toBe(200);
  expect((await change(0, "suspension", key, REASON, key.headers)).status).toBe(201);
  expect((await change(0, "resumption", key, {}, key.headers)).status).toBe(401);
  await expect.poll(() => stream.hasEnded(), { timeout: 10_000 }).toBe(true);
  expect(stream.isComplete()).toBe(true);
});

test("key suspension under load: no cancel sent after its answer succeeds", async () => {
  const key = await newKey();
  const waiting = await Promise.all(Array.from({ length: 150 }, () => makeRun(database.owner, fixture)));
  let isSuspended = false;
  const [early, late]: number[][] = [[], []];
  const stream = async (process: number) => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const answers = isSuspended ? late! : early!;
      const { status } = await call(process, "POST", `/v1/admin/runs/${id}/cancellation`, key.headers);
      answers.push(status);
    }
  };
  const streams = Array.from({ length: 8 }, (_, index) => stream(index % 2));
  await expect
    .poll(() => early!.filter((status) => status === 201).length, { interval: 5 })
    .toBeGreaterThan(15);
  expect((await change(0, "suspension", key)).status).toBe(201);
  isSuspended = true;
  await Promise.all(streams);
  expect(late!.length).toBeGreaterThan(0);
  expect(new Set(late)).toEqual(new Set([401]));
});

test("suspension refused, nothing changed: without a reason, for too long, unknown fields, permission or reach", async () => {
  const key = await customerKey();
  for (const [body, loc] of [
    [{}, "reason"],
    [{ reason: " a " }, "reason"],
    [{ ...REASON, minutes: 0 }, "minutes"],
    [{ ...REASON, minutes: 1441 }, "minutes"],
    [{ ...REASON, minutes: 1.5 }, "minutes"],
    [{ ...REASON, minutes: null }, "minutes"],
  ] as const) {
    const reply = await change(0, "suspension", key, body);
    expect(reply.status).toBe(422);
    expect(bodyOf<{ errors: { loc: string[] }[] }>(reply).errors[0]!.loc).toEqual(["body", loc]);
  }
  expect(errorOf(await change(0, "suspension", key, { ...REASON, until: "x" })).type).toBe("extra_forbidden");
  const reader = await newKey(ALL.filter((scope) => scope !== "keys.manage"));
  const desk = await makeKey(database.owner, {
    ownerId,
    scopes: ALL,
    orgIds: [(await seedFixture(database.owner)).orgId],
  });
  for (const what of ["suspension", "resumption"] as const) {
    expect(errorOf(await change(0, what, key, REASON, reader.headers))).toEqual({
      status: 403,
      type: "permission_required",
    });
    expect((await change(0, what, key, REASON, desk.headers)).status).toBe(404);
  }
  expect(await actionsOf(key)).toEqual([]);
  expect(await statusOf(0, key)).toBe(200);
});

test("activity: runs, live runs and denied requests; the latter only with security.read", async () => {
  const key = await customerKey();
  const created = await call(0, "POST", `/v1/models/${fixture.model}/runs`, key.headers, { input: {} });
  expect(created.status).toBe(201);
  expect((await call(0, "GET", "/v1/admin/runs", key.headers)).status).toBe(401);
  const path = `/v1/admin/keys/${key.id}/activity`;
  const read = async (headers: Record<string, string>) =>
    bodyOf<KeyActivity>(await call(1, "GET", path, headers));
  const activity = await read(admin.headers);
  expect(activity.hours.at(-1)).toMatchObject({ live: 1, succeeded: 0 });
  expect(activity).toMatchObject({
    hours_are_partial: false,
    live_runs: { count: 1, is_more: false },
    run_addresses: { addresses: [{ ip: "127.0.0.1", runs: 1 }], address_count: 1 },
    denied_requests: { total: 1, by_code: [{ code: "UNAUTHORIZED", requests: 1 }], address_count: 1 },
  });
  const { id } = bodyOf<Run>(created);
  for (const [runPath, reader] of [
    [`/v1/runs/${id}`, key.headers],
    [`/v1/admin/runs?q=id:${id}`, admin.headers],
  ] as const)
    expect((await call(1, "GET", runPath, reader)).text).not.toContain("127.0.0.1");
  const support = await makePerson(database.owner);
  const session = { ...(await signIn(servers[1]!.baseUrl, support)) };
  expect(await read(session)).toMatchObject({ live_runs: { count: 1 }, denied_requests: null });
  const desk = await makePerson(database.owner, { orgIds: [(await seedFixture(database.owner)).orgId] });
  const foreign = { ...(await signIn(servers[1]!.baseUrl, desk)) };
  expect((await call(1, "GET", path, foreign)).status).toBe(404);
});
