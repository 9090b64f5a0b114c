import { afterAll, beforeAll, expect, test } from "vitest";
import { ROLE_PERMISSIONS } from "@/lib/states/permissions";
import { callHttp } from "@/test/call-http";
import { makeKey, makePerson, type SessionHeaders, signIn } from "@/test/credentials";
import { cloneDatabase, type TestDatabase } from "@/test/database";
import { openStream, type TestStream } from "@/test/event-stream";
import { makeRun, seedFixture, type Fixture } from "@/test/fixture";
import { startServers, type TestServerProcess } from "@/test/server";

let database: TestDatabase;
let servers: TestServerProcess[];
let admin: SessionHeaders;
let [here, there]: Fixture[] = [];

beforeAll(async () => {
  database = await cloneDatabase();
  const env = { STREAM_HEARTBEAT_SECONDS: "1" };
  servers = await startServers({ databaseUrl: database.appUrl, processes: 2, env });
  [here, there] = [await seedFixture(database.owner), await seedFixture(database.owner)];
  admin = await signIn(servers[0]!.baseUrl, await makePerson(database.owner, { role: "admin" }));
});
afterAll(async () => {
  await Promise.all((servers ?? []).map((server) => server.stop()));
  await database?.drop();
});

/** The admin's change goes to the first process; the person uses the second. */
const ask = (method: string, path: string, body: object) =>
  callHttp(servers[0]!.baseUrl, method, `/v1/admin/people/${path}`, {
    headers: { ...admin },
    body: JSON.stringify(body),
  });
const elsewhere = async (method: string, path: string, headers: object, body?: string) =>
  (await callHttp(servers[1]!.baseUrl, method, path, { headers: { ...headers }, ...(body && { body }) }))
    .status;
const cancel = async (fixture: Fixture, headers: object) =>
  elsewhere(
    "POST",
    `/v1/admin/runs/${await makeRun(database.owner, fixture)}/cancellation`,
    { ...headers, Origin: servers[1]!.baseUrl },
    '{"reason":"Ticket #4821"}',
  );

/** A signed-in admin, and a key that both processes have cached. */
async function makeWarm() {
  const { owner } = database;
  const person = await makePerson(owner, { role: "admin" });
  const session = await signIn(servers[1]!.baseUrl, person);
  const key = await makeKey(owner, { ownerId: person.id, scopes: ["admin", ...ROLE_PERMISSIONS.admin] });
  for (let time = 0; time < 2; time++) {
    expect(await cancel(here!, key.headers)).toBe(201);
    expect(await cancel(here!, session)).toBe(201);
  }
  return { person, session, key };
}

test("disabled person: out of every process at once (sessions, keys, streams), even after enabling", async () => {
  const { person, session, key } = await makeWarm();
  const streams: TestStream[] = [];
  for (const headers of [{ ...session }, key.headers])
    streams.push(await openStream(`${servers[1]!.baseUrl}/v1/admin/audit-log/stream`, headers));
  expect(streams.map(({ status }) => status)).toEqual([200, 200]);

  expect((await ask("POST", `${person.id}/disablement`, { reason: "ticket #1" })).status).toBe(201);
  for (const headers of [session, key.headers]) {
    expect(await cancel(here!, headers)).toBe(401);
    expect(await elsewhere("GET", "/v1/admin/runs", headers)).toBe(401);
    expect(await elsewhere("GET", "/v1/auth/me", headers)).toBe(401);
  }
  for (const stream of streams) await expect.poll(() => stream.hasEnded(), { timeout: 10_000 }).toBe(true);

  expect((await ask("POST", `${person.id}/enablement`, {})).status).toBe(201);
  expect(await elsewhere("GET", "/v1/auth/me", session)).toBe(401);
  expect(await cancel(here!, key.headers)).toBe(201);
});

test("lesser role: effective at once in every process, for sessions and keys", async () => {
  const { person, session, key } = await makeWarm();
  expect((await ask("PATCH", person.id, { role: "auditor" })).status).toBe(200);
  for (const headers of [session, key.headers]) {
    expect(await cancel(here!, headers)).toBe(403);
    expect(await elsewhere("GET", "/v1/admin/people", headers)).toBe(403);
    expect(await elsewhere("GET", "/v1/admin/runs", headers)).toBe(200);
  }
});

test("narrower or wider reach: effective at once in every process, for sessions and keys", async () => {
  const { person, session, key } = await makeWarm();
  const reach = (fixture: Fixture) => ({ reach: { all: false, org_ids: [fixture.orgId] } });
  for (const [inside, outside] of [
    [here!, there!],
    [there!, here!],
  ] as const) {
    expect((await ask("PATCH", person.id, reach(inside))).status).toBe(200);
    for (const headers of [session, key.headers]) {
      expect(await cancel(outside, headers)).toBe(404);
      expect(await cancel(inside, headers)).toBe(201);
    }
  }
});
