import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ADMIN_SCOPE, PERMISSIONS } from "@/lib/states/permissions";
import { callHttp } from "@/test/call-http";
import { type Key, makeKey, makePerson, type Person, signIn, signOut } from "@/test/credentials";
import { cloneDatabase, type TestDatabase } from "@/test/database";
import { makeRun, seedFixture, type Fixture } from "@/test/fixture";
import { startServers, type TestServerProcess } from "@/test/server";

/** Everything here happens in the first process; the other one must know with its next request. */
let database: TestDatabase;
let servers: [TestServerProcess, TestServerProcess];
let fixture: Fixture;
let admin: Key;

beforeAll(async () => {
  database = await cloneDatabase();
  servers = (await startServers({ databaseUrl: database.appUrl, processes: 2 })) as typeof servers;
  fixture = await seedFixture(database.owner);
  const { id: ownerId } = await makePerson(database.owner, { role: "admin" });
  admin = await makeKey(database.owner, { ownerId, scopes: [ADMIN_SCOPE, ...PERMISSIONS] });
});
afterAll(async () => {
  await Promise.all((servers ?? []).map((server) => server.stop()));
  await database?.drop();
});

type Headers = Record<string, string>;

/** The first request after the act is one of these, each by its own credential. */
const REQUESTS: Record<string, (headers: Headers) => Promise<number>> = {
  "a cancel": async (headers) => {
    const id = await makeRun(database.owner, fixture);
    const { status } = await elsewhere(
      "POST",
      `/v1/admin/runs/${id}/cancellation`,
      headers,
      '{"reason":"stuck"}',
    );
    const { rows } = await database.owner.query("SELECT status_code::text FROM runs WHERE id = $1", [id]);
    // Only a 201 may change the run.
    expect(rows).toEqual([{ status_code: status === 201 ? "canceled" : "running" }]);
    return status;
  },
  "a list": async (headers) => (await elsewhere("GET", "/v1/admin/runs", headers)).status,
  "its own name": async (headers) => (await elsewhere("GET", "/v1/auth/me", headers)).status,
};
const elsewhere = (method: string, path: string, headers: Headers, body?: string) =>
  callHttp(servers[1].baseUrl, method, path, { headers, ...(body !== undefined && { body }) });

async function here(path: string, body?: object, headers: Headers = admin.headers): Promise<number> {
  const { status } = await callHttp(servers[0].baseUrl, "POST", path, {
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  return status;
}

type Holder = { person: Person; key: Key; maker: Person; session: Headers; sessionId: string };

/** A person with a session and a key, both just used in the other process. */
async function makeHolder(): Promise<Holder> {
  const { owner } = database;
  const [person, maker] = [await makePerson(owner), await makePerson(owner, { role: "admin" })];
  const key = await makeKey(owner, {
    ownerId: person.id,
    madeBy: maker.id,
    scopes: ["admin", ...PERMISSIONS],
  });
  const signedIn = await signIn(servers[0].baseUrl, person);
  const session = { ...signedIn, Origin: servers[1].baseUrl };
  const { rows } = await owner.query<{ id: string }>("SELECT id FROM sessions WHERE person_id = $1", [
    person.id,
  ]);
  for (const headers of [session, key.headers])
    for (const request of Object.values(REQUESTS)) expect([200, 201]).toContain(await request(headers));
  return { person, key, maker, session, sessionId: rows[0]!.id };
}

const atHome = ({ session }: Holder): Headers => ({ ...session, Origin: servers[0].baseUrl });
const disable = ({ id }: Person) => here(`/v1/admin/people/${id}/disablement`, { reason: "has left" });

type Act = (holder: Holder) => Promise<unknown>;
const OF_KEYS: Record<string, Act> = {
  "the key is revoked": ({ key }) => here(`/v1/admin/keys/${key.id}/revocation`, { reason: "abused" }),
  "the key is suspended": ({ key }) => here(`/v1/admin/keys/${key.id}/suspension`, { reason: "abused" }),
  "the key is reported as leaked": ({ key }) =>
    here("/v1/leaked-keys", { key: key.text }, { "Content-Type": "application/json" }),
  "its owner is disabled": ({ person }) => disable(person),
  "its maker is disabled": ({ maker }) => disable(maker),
};
const OF_SESSIONS: Record<string, Act> = {
  "its person signs out": (holder) =>
    signOut(servers[0].baseUrl, atHome(holder) as Parameters<typeof signOut>[1]),
  "its person ends it from another browser": async ({ person, sessionId }) =>
    here(`/v1/auth/sessions/${sessionId}/termination`, undefined, {
      ...(await signIn(servers[0].baseUrl, person)),
    }),
  "its person ends all others": async ({ person }) =>
    here("/v1/auth/sessions/termination", undefined, { ...(await signIn(servers[0].baseUrl, person)) }),
  "its person is disabled": ({ person }) => disable(person),
};

describe.each(Object.keys(REQUESTS))("the first request in another process: %s", (what) => {
  const first = REQUESTS[what]!;

  test.each(Object.entries(OF_KEYS))("key: refused after %s", async (_when, act) => {
    const holder = await makeHolder();
    await act(holder);
    expect(await first(holder.key.headers)).toBe(401);
  });

  test.each(Object.entries(OF_SESSIONS))("session: refused after %s", async (_when, act) => {
    const holder = await makeHolder();
    await act(holder);
    expect(await first(holder.session)).toBe(401);
  });

  test("control: another person's stop changes nothing", async () => {
    const [holder, other] = [await makeHolder(), await makeHolder()];
    for (const act of [OF_KEYS["the key is revoked"]!, OF_SESSIONS["its person is disabled"]!])
      await act(other);
    for (const headers of [holder.key.headers, holder.session])
      expect([200, 201]).toContain(await first(headers));
  });
});

test("page in another process, after its person was disabled: the sign-in", async () => {
  const holder = await makeHolder();
  const open = () => elsewhere("GET", "/runs", { ...holder.session, Accept: "text/html" });
  expect((await open()).status).toBe(200);
  expect(await disable(holder.person)).toBe(201);
  const { status, headers } = await open();
  expect([status, headers.location]).toEqual([307, "/sign-in?next=%2Fruns"]);
});
