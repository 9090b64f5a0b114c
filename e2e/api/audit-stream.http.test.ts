import { randomInt, randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { AuditEntry } from "@/lib/contract/audit";
import { runSealer } from "@/lib/platform/jobs/run-sealer";
import { ALL_SCOPES, makeKey, makePerson, revokeKey } from "@/test/credentials";
import { cloneDatabase, type TestDatabase } from "@/test/database";
import { openStream, type TestStream } from "@/test/event-stream";
import { seedFixture, type Fixture } from "@/test/fixture";
import { startServers, type TestServerProcess } from "@/test/server";

const PATH = "/v1/admin/audit-log/stream";

let database: TestDatabase;
let servers: TestServerProcess[];
let fixtures: Fixture[];
let ownerId: string;
const stop = new AbortController();
let sealer: Promise<void>;
const opened: TestStream[] = [];

beforeAll(async () => {
  database = await cloneDatabase();
  const env = { STREAM_HEARTBEAT_SECONDS: "1" };
  servers = await startServers({ databaseUrl: database.appUrl, processes: 2, env });
  fixtures = await Promise.all([1, 2, 3].map(() => seedFixture(database.owner)));
  ownerId = (await makePerson(database.owner, { role: "admin" })).id;
  sealer = runSealer({ db: database.workerDb, databaseUrl: database.workerUrl, stop: stop.signal });
});
afterAll(async () => {
  stop.abort();
  await sealer;
  await Promise.all((servers ?? []).map((server) => server.stop()));
  await database?.drop();
});
afterEach(() => opened.splice(0).forEach((stream) => stream.leave()));

type Told = { event: string; id: number; data: AuditEntry };

/** All complete events except heartbeats. */
const told = (text: string): Told[] =>
  [...text.matchAll(/^id: (\d+)\nevent: (entry|retired)\ndata: (.*)\n\n/gm)].map(([, id, event, data]) => ({
    event: event!,
    id: Number(id),
    data: JSON.parse(data!) as AuditEntry,
  }));

const positions = (stream: TestStream) => told(stream.text()).map(({ id }) => id);

async function open(
  query = "",
  headers: Record<string, string> = {},
  server = servers[0]!,
): Promise<TestStream> {
  const key = await makeKey(database.owner, { ownerId });
  const stream = await openStream(`${server.baseUrl}${PATH}${query}`, { ...key.headers, ...headers });
  opened.push(stream);
  return stream;
}

async function write(count: number, fixture = fixtures[0]!): Promise<void> {
  await database.owner.query(
    `INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
       target_label, source, request_id, meta)
     SELECT $1, 'webhook.tested', clock_timestamp(), 'system', $1, 'Drill', 'webhook', gen_random_uuid(), 'x', 'system',
       'req_x', jsonb_build_object('reason', null, 'ticket', null, 'n', n) FROM generate_series(1, $2) n`,
    [fixture.orgId, count],
  );
}

async function newest(): Promise<number> {
  const unsealed = async () => (await database.owner.query("SELECT FROM audit_unsealed")).rowCount;
  await expect.poll(unsealed, { timeout: 10_000 }).toBe(0);
  const { rows } = await database.owner.query<{ n: string }>(
    "SELECT coalesce(max(position), 0) AS n FROM audit_seals",
  );
  return Number(rows[0]!.n);
}

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

test("stream: starts at new seals or at the client's position, and sends entries as the API does", async () => {
  await write(3);
  const before = await newest();
  const [live, all, some] = [await open(), await open("?after=0"), await open(`?after=${before - 1}`)];
  await write(2, fixtures[1]);
  await expect.poll(() => positions(live), { timeout: 10_000 }).toEqual(range(before + 1, before + 2));
  await expect.poll(() => positions(all), { timeout: 10_000 }).toEqual(range(1, before + 2));
  await expect.poll(() => positions(some), { timeout: 10_000 }).toEqual(range(before, before + 2));

  const { data, id } = told(live.text())[0]!;
  const key = await makeKey(database.owner, { ownerId });
  const answer = await fetch(`${servers[1]!.baseUrl}/v1/admin/audit-log/${data.id}`, {
    headers: key.headers,
  });
  expect(data).toEqual(await answer.json());
  expect(data.position).toBe(id);
});

test("tailer, 100 disconnects and server restarts: every position once, in order", async () => {
  const first = await newest();
  const writing: Promise<void>[] = [];
  const heard: number[] = [];
  let last = first;
  for (let cut = 0; cut < 100; cut++) {
    writing.push(write(randomInt(1, 60), fixtures[cut % 3]));
    if (cut === 30 || cut === 60) await restart(cut === 30 ? 0 : 1);
    const stream = await open("", { "Last-Event-ID": String(last) }, servers[randomInt(2)]);
    // At the beginning, within an event, or after several.
    const enough = randomInt(2) ? randomInt(100) : 100 + randomInt(10_000);
    const hasEnough = () => stream.text().length >= enough || (enough > 100 && positions(stream).length > 0);
    await expect.poll(hasEnough, { interval: 1, timeout: 10_000 }).toBe(true);
    stream.leave();
    heard.push(...positions(stream));
    last = lastId(stream.text()) ?? last;
  }
  await Promise.all(writing);
  const end = await newest();
  const rest = await open("", { "Last-Event-ID": String(last) });
  await expect.poll(() => positions(rest).at(-1) ?? last, { timeout: 20_000 }).toBe(end);
  expect([...heard, ...positions(rest)]).toEqual(range(first + 1, end));
  expect(heard.length).toBeGreaterThan(0);
});

/** Crashes the server and starts a new one in its place. */
async function restart(index: number): Promise<void> {
  const env = { STREAM_HEARTBEAT_SECONDS: "1" };
  await servers[index]!.kill();
  [servers[index]] = (await startServers({ databaseUrl: database.appUrl, env })) as [TestServerProcess];
}

/** The id of the last complete event, heartbeats included, as a browser keeps it. */
const lastId = (text: string): number | undefined => {
  const id = [...text.matchAll(/^id: (\d+)\nevent: .*\ndata: .*\n\n/gm)].at(-1)?.[1];
  return id === undefined ? undefined : Number(id);
};

test("limited reach: only its own entries, while the position advances past the others", async () => {
  const before = await newest();
  const key = await makeKey(database.owner, { ownerId, orgIds: [fixtures[2]!.orgId] });
  const stream = await openStream(`${servers[0]!.baseUrl}${PATH}?after=${before}`, key.headers);
  opened.push(stream);
  await write(450, fixtures[0]);
  await write(1, fixtures[2]);
  await write(5, fixtures[1]);
  const end = await newest();
  await expect.poll(() => lastId(stream.text()), { timeout: 10_000 }).toBe(end);
  expect(positions(stream)).toEqual([before + 451]);
});

test("entry of a retired month: reported, so no position is missing", async () => {
  const { owner } = database;
  const before = await newest();
  await owner.query(
    `INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
       target_label, source, request_id, meta)
     VALUES ($1, 'webhook.tested', '2020-01-01', 'system', $1, 'Drill', 'webhook', $1, 'x', 'system', 'req_x', '{"reason": null, "ticket": null}')`,
    [fixtures[0]!.orgId],
  );
  await write(1);
  const end = await newest();
  const past = "audit_months.audit_entries_past";
  await owner.query(`ALTER TABLE audit_entries DETACH PARTITION ${past}`);
  const stream = await open(`?after=${before}`);
  await expect.poll(() => positions(stream), { timeout: 10_000 }).toEqual([end - 1, end]);
  expect(told(stream.text())[0]).toEqual({
    event: "retired",
    id: end - 1,
    data: { position: end - 1, id: expect.any(String) },
  });
});

test.each([
  ["?after=x", {}, ["query", "after"]],
  ["?after=-1", {}, ["query", "after"]],
  ["?after=", {}, ["query", "after"]],
  ["?after=1000000", {}, ["query", "after"]],
  ["?since=1", {}, ["query", "since"]],
  ["", { "Last-Event-ID": "1.5" }, ["header", "last-event-id"]],
  ["?after=0", { "Last-Event-ID": "999999" }, ["header", "last-event-id"]],
])("invalid position: refused: %s %o", async (query, headers, loc) => {
  const refused = await open(query, headers as Record<string, string>);
  expect(refused.status).toBe(422);
  await expect.poll(() => refused.text()).toContain("VALIDATION_ERROR");
  await expect.poll(() => refused.hasEnded()).toBe(true);
  expect((JSON.parse(refused.text()) as { errors: { loc: string[] }[] }).errors[0]!.loc).toEqual(loc);
});

test("no audit permission: refused; credential ends: its stream closes", async () => {
  const scopes = ALL_SCOPES.filter((scope) => scope !== "audit.read");
  const blind = await makeKey(database.owner, { ownerId, scopes });
  for (const [headers, status] of [
    [{}, 401],
    [{ Authorization: `Bearer rf_svc_${randomUUID()}` }, 401],
    [blind.headers, 403],
  ] as const) {
    const refused = await openStream(`${servers[0]!.baseUrl}${PATH}`, headers as Record<string, string>);
    expect(refused.status).toBe(status);
    refused.leave();
  }
  const key = await makeKey(database.owner, { ownerId });
  const stream = await openStream(`${servers[0]!.baseUrl}${PATH}`, key.headers);
  expect(stream.status).toBe(200);
  await revokeKey(database.owner, key);
  await expect.poll(() => stream.hasEnded(), { timeout: 10_000 }).toBe(true);
  expect(stream.isComplete()).toBe(true);
});

test("stream headers: no caching, compression or buffering", async () => {
  const { status, headers } = await open("", { "Accept-Encoding": "gzip, br" });
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

test("HEAD: opens no stream", async () => {
  const { headers } = await makeKey(database.owner, { ownerId });
  // More than the limit per credential.
  for (let turn = 1; turn <= 12; turn++) {
    const head = await fetch(`${servers[0]!.baseUrl}${PATH}`, { method: "HEAD", headers });
    expect(head.status).toBe(200);
  }
});

test("limit of eight streams per credential: streams of disconnected clients are freed", async () => {
  const { headers } = await makeKey(database.owner, { ownerId });
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
    // The eight of the previous round disconnected silently; the server must notice each one.
    await expect.poll(openAnother, { timeout: 10_000, interval: 5 }).toBe(8);
    const ninth = await openOne();
    expect(ninth.status).toBe(429);
    expect(ninth.headers).toHaveProperty("retry-after");
    for (const stream of streams) stream.leave();
  }
});

test("server stops: streams end complete; server killed: incomplete", async () => {
  const others = await startServers({ databaseUrl: database.appUrl, processes: 2 });
  try {
    const [stopped, killed] = others as [TestServerProcess, TestServerProcess];
    const ofStopped = await open("", {}, stopped);
    const ofKilled = await open("", {}, killed);
    await stopped.stop();
    await expect.poll(() => ofStopped.hasEnded()).toBe(true);
    // A stream that is cut off at the shutdown deadline would be incomplete.
    expect(ofStopped.isComplete()).toBe(true);
    await killed.kill();
    await expect.poll(() => ofKilled.hasEnded()).toBe(true);
    expect(ofKilled.isComplete()).toBe(false);
  } finally {
    await Promise.all(others.map((server) => server.stop()));
  }
});
