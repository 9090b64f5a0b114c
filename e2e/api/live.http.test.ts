import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { cloneDatabase, type TestDatabase } from "@/lib/testing/database";
import { ALL_SCOPES, makeKey, makePerson, revokeKey, signIn, signOut } from "@/lib/testing/credentials";
import { expectNamed, namedBy, openStream, type TestStream } from "@/lib/testing/event-stream";
import { makeRun, makeScene, type Scene } from "@/lib/testing/scene";
import { startServers, type TestServerProcess } from "@/lib/testing/server";

const PATH = "/v1/admin/runs/stream";

let database: TestDatabase;
let servers: TestServerProcess[];
let scene: Scene;
let admin: { Authorization: string };
const opened: TestStream[] = [];

beforeAll(async () => {
  database = await cloneDatabase();
  const env = { STREAM_HEARTBEAT_SECONDS: "1" };
  servers = await startServers({ databaseUrl: database.appUrl, processes: 2, env });
  scene = await makeScene(database.owner);
  admin = (await makeAdminKey()).headers;
});
afterAll(async () => {
  await Promise.all((servers ?? []).map((server) => server.stop()));
  await database?.drop();
});
afterEach(() => opened.splice(0).forEach((stream) => stream.leave()));

const makeAdminKey = async () =>
  makeKey(database.owner, { ownerId: (await makePerson(database.owner, { role: "admin" })).id });

/** A stream of a key of its own, unless another credential is given. */
async function follow(headers?: Record<string, string>, server = servers[0]!): Promise<TestStream> {
  const stream = await openStream(`${server.baseUrl}${PATH}`, headers ?? (await makeAdminKey()).headers);
  opened.push(stream);
  return stream;
}

test("a stream is never kept, compressed or gathered on its way", async () => {
  const { status, headers } = await follow({ ...admin, "Accept-Encoding": "gzip, br" });
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",
    "x-content-type-options": "nosniff",
  });
  expect(headers).not.toHaveProperty("content-encoding");
  expect(headers).toHaveProperty("runflow-request-id");
});

test("whichever process makes a change, the streams of every process tell of it", async () => {
  const streams = [await follow(undefined, servers[0]), await follow(undefined, servers[1])];
  const id = await makeRun(database.owner, scene);
  for (const stream of streams) await expectNamed(stream, [id]);
  for (const [index, { baseUrl }] of servers.entries()) {
    const runId = await makeRun(database.owner, scene);
    const url = `${baseUrl}/v1/admin/runs/${runId}/cancellation`;
    const { status } = await fetch(url, { method: "POST", headers: admin });
    expect(status, `process ${index}`).toBe(201);
    const count = (stream: TestStream) => namedBy(stream).filter((named) => named === runId).length;
    for (const stream of streams)
      await expect.poll(() => count(stream), { timeout: 10_000 }).toBeGreaterThan(0);
  }
});

test("a stream tells only of runs in reach, and of those of the one organization that its header names", async () => {
  const [own, other] = [await makeScene(database.owner), await makeScene(database.owner)];
  const { id: ownerId } = await makePerson(database.owner);
  const { headers } = await makeKey(database.owner, { ownerId, orgIds: [own.orgId] });
  const streams = [await follow(headers), await follow({ ...admin, "X-Organization-Id": own.orgId })];
  const everything = await follow();
  const outside = await makeRun(database.owner, other);
  const inside = await makeRun(database.owner, own);
  await expectNamed(everything, [outside, inside]);
  for (const stream of streams) {
    await expectNamed(stream, [inside]);
    expect(namedBy(stream)).toEqual([inside]);
  }
});

test("a reach that shrinks or a credential that ends is noticed while the stream is open", async () => {
  const { owner } = database;
  const own = await makeScene(owner);
  const [signedOut, disabled, demoted] = await Promise.all([
    makePerson(owner),
    makePerson(owner),
    makePerson(owner),
  ]);
  const sessions = await Promise.all(
    [signedOut, disabled].map((person) => signIn(servers[0]!.baseUrl, person)),
  );
  const key = await makeKey(owner, { ownerId: demoted.id, orgIds: [own.orgId] });
  const [first, second] = [await follow(sessions[0]), await follow(sessions[1])];
  const third = await follow(key.headers);
  await signOut(servers[0]!.baseUrl, sessions[0]!);
  await owner.query("UPDATE people SET disabled_at = now() WHERE id = $1", [disabled.id]);
  for (const stream of [first, second])
    await expect.poll(() => stream.hasEnded(), { timeout: 10_000 }).toBe(true);

  await owner.query("DELETE FROM key_reach WHERE key_id = $1", [key.id]);
  const beats = () => third.text().split("event: beat").length;
  const before = beats();
  await expect.poll(beats, { timeout: 10_000 }).toBeGreaterThan(before + 1);
  const witness = await follow();
  const id = await makeRun(owner, own);
  await expectNamed(witness, [id]);
  expect(namedBy(third)).toEqual([]);
  await revokeKey(owner, key);
  await expect.poll(() => third.hasEnded(), { timeout: 10_000 }).toBe(true);
});

test("who may not read runs is refused, and HEAD opens nothing", async () => {
  const { owner } = database;
  const { id: ownerId } = await makePerson(owner);
  const inference = await makeKey(owner, { ownerId: scene.customer.person.id, orgId: scene.orgId });
  const scopes = ALL_SCOPES.filter((scope) => scope !== "runs.read");
  const blind = await makeKey(owner, { ownerId, scopes });
  expect((await follow({})).status).toBe(401);
  expect((await follow(inference.headers)).status).toBe(401);
  const refused = await follow(blind.headers);
  expect(refused.status).toBe(403);
  await expect.poll(() => refused.text()).toContain("PERMISSION_DENIED");
  const { headers } = await makeKey(owner, { ownerId });
  for (let turn = 1; turn <= 12; turn++) {
    const head = await fetch(`${servers[0]!.baseUrl}${PATH}`, { method: "HEAD", headers });
    expect(head.status).toBe(200);
  }
});

test("one credential has eight streams at a time, and those of clients that are gone are free again", async () => {
  const { headers } = await makeAdminKey();
  const openOne = async () => {
    const stream = await openStream(`${servers[0]!.baseUrl}${PATH}`, headers);
    if (stream.status !== 200) stream.leave();
    return stream;
  };
  for (let turn = 1; turn <= 20; turn++) {
    const streams: TestStream[] = [];
    const openAnother = async () => {
      const stream = await openOne();
      if (stream.status === 200) streams.push(stream);
      return streams.length;
    };
    // The eight of the turn before have left without a word; all of them must be noticed to be gone.
    await expect.poll(openAnother, { timeout: 10_000, interval: 5 }).toBe(8);
    const ninth = await openOne();
    expect(ninth.status).toBe(429);
    expect(ninth.headers).toHaveProperty("retry-after");
    for (const stream of streams) stream.leave();
  }
});

test("a process has one connection that listens, however many streams are open; losing it ends them", async () => {
  const { owner } = database;
  const streams = await Promise.all(Array.from({ length: 20 }, () => follow()));
  const listening = "application_name = 'runflow-console-live' AND datname = current_database()";
  const { rows } = await owner.query<{ pid: number }>(`SELECT pid FROM pg_stat_activity WHERE ${listening}`);
  expect(rows).toHaveLength(2);
  await owner.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${listening}`);
  for (const stream of streams) await expect.poll(() => stream.hasEnded(), { timeout: 10_000 }).toBe(true);
  const again = async () => (await follow()).status;
  await expect.poll(again, { timeout: 10_000, interval: 100 }).toBe(200);
  const id = await makeRun(owner, scene);
  await expectNamed(opened.at(-1)!, [id]);
});
