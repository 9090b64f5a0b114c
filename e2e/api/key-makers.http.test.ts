import { afterAll, beforeAll, expect, test } from "vitest";
import type { AuditPage } from "@/lib/contract/audit";
import type { ApiKey, ClaimedApiKey, NewApiKey } from "@/lib/contract/keys";
import { ADMIN_SCOPE, ROLE_PERMISSIONS } from "@/lib/states/permissions";
import { callHttp } from "@/test/call-http";
import { makeKey, makePerson, type Person, type SessionHeaders, signIn } from "@/test/credentials";
import { cloneDatabase, type TestDatabase } from "@/test/database";
import { type Fixture, seedFixture } from "@/test/fixture";
import { startServers, type TestServerProcess } from "@/test/server";

let database: TestDatabase;
let servers: TestServerProcess[];
let fixture: Fixture;
let [daniel, beatriz]: Person[] = [];
let session: SessionHeaders;

beforeAll(async () => {
  database = await cloneDatabase();
  servers = await startServers({ databaseUrl: database.appUrl, processes: 2 });
  fixture = await seedFixture(database.owner);
  [daniel, beatriz] = [
    await makePerson(database.owner, { role: "admin" }),
    await makePerson(database.owner, { role: "admin" }),
  ];
  session = await signIn(servers[0]!.baseUrl, beatriz!);
});
afterAll(async () => {
  await Promise.all((servers ?? []).map((server) => server.stop()));
  await database?.drop();
});

const send = async (server: number, method: string, path: string, headers: object, body?: object) => {
  const reply = await callHttp(servers[server]!.baseUrl, method, path, {
    headers: { "Content-Type": "application/json", ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { ...reply, json: JSON.parse(reply.text) as unknown };
};
const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });
const typeOf = (json: unknown) => (json as { errors: { type: string }[] }).errors[0]?.type;

test("key in a colleague's name: refused, and one from before stops with its maker in every process", async () => {
  const own = await signIn(servers[0]!.baseUrl, daniel!);
  const body = {
    kind: "service",
    name: "nightly",
    owner_id: beatriz!.id,
    scopes: [ADMIN_SCOPE, ...ROLE_PERMISSIONS.admin],
    reach: { all: true },
  };
  const refused = await send(0, "POST", "/v1/admin/keys", own, body);
  expect([refused.status, typeOf(refused.json)]).toEqual([403, "owner_must_be_you"]);

  const old = await makeKey(database.owner, {
    ownerId: beatriz!.id,
    madeBy: daniel!.id,
    scopes: body.scopes,
  });
  for (const server of [0, 1])
    expect((await send(server, "GET", "/v1/auth/me", old.headers)).status).toBe(200);
  for (const path of ["disablement", "invitation"]) {
    const people = `/v1/admin/people/${daniel!.id}/${path}`;
    const answer = await send(1, "POST", people, old.headers, { reason: "ticket #1" });
    expect([answer.status, typeOf(answer.json)]).toEqual([409, "self_action_forbidden"]);
  }
  const disabling = `/v1/admin/people/${daniel!.id}/disablement`;
  expect((await send(0, "POST", disabling, session, { reason: "has left" })).status).toBe(201);
  for (const server of [1, 0])
    expect((await send(server, "GET", "/v1/auth/me", old.headers)).status).toBe(401);
  const key = (await send(1, "GET", `/v1/admin/keys/${old.id}`, session)).json as ApiKey;
  expect(key).toMatchObject({
    state: "suspended",
    suspended_because: "maker_disabled",
    maker: { id: daniel!.id },
  });
  await send(0, "POST", `/v1/admin/people/${daniel!.id}/enablement`, session, { reason: "is back" });
  expect((await send(1, "GET", "/v1/auth/me", old.headers)).status).toBe(200);
});

test("customer's key: claimed by the holder of its link; its maker can't cancel its runs, a second person can", async () => {
  const body = {
    kind: "inference",
    name: "Shop",
    owner_id: fixture.customer.person.id,
    org_id: fixture.orgId,
  };
  const made = (await send(0, "POST", "/v1/admin/keys", session, body)).json as NewApiKey;
  expect(made).toMatchObject({ key: null, state: "pending", maker: { id: beatriz!.id } });
  const token = new URL(made.link!).hash.slice(1);
  const claims = await Promise.all(
    [0, 1, 0, 1].map((n) => send(n, "POST", "/v1/auth/key-claims", {}, { token })),
  );
  expect(claims.map(({ status }) => status).toSorted()).toEqual([201, 404, 404, 404]);
  const { key } = claims.find(({ status }) => status === 201)!.json as ClaimedApiKey;
  for (const server of servers) expect(server.output()).not.toContain(token);

  const run = await send(1, "POST", `/v1/models/${fixture.model}/runs`, bearer(key), { input: {} });
  const path = `/v1/admin/runs/${(run.json as { id: string }).id}/cancellation`;
  const alone = await send(0, "POST", path, session, { reason: "I made this" });
  expect([alone.status, typeOf(alone.json)]).toEqual([409, "self_action_forbidden"]);
  const second = await signIn(servers[0]!.baseUrl, await makePerson(database.owner));
  expect((await send(0, "POST", path, second, { reason: "ticket #2" })).status).toBe(201);

  const hook = { url: "https://hooks.example/runflow", event_types: ["run.failed"] };
  expect((await send(0, "POST", "/v1/webhooks", bearer(key), hook)).status).toBe(201);
  const log = await send(0, "GET", `/v1/admin/audit-log?actor_id=${made.id}`, session);
  expect((log.json as AuditPage).items[0]!.actor).toMatchObject({
    type: "inference_key",
    owner: { id: fixture.customer.person.id },
    maker: { id: beatriz!.id, name: beatriz!.name, email: beatriz!.email },
  });
});

test("key claim: refused from another site, for an unknown link, and without JSON", async () => {
  const foreign = { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" };
  expect((await send(0, "POST", "/v1/auth/key-claims", foreign, { token: "x" })).status).toBe(403);
  expect((await send(0, "POST", "/v1/auth/key-claims", {}, { token: "x" })).json).toMatchObject({
    code: "KEY_LINK_NOT_FOUND",
  });
  const text = { "Content-Type": "text/plain" };
  expect((await send(0, "POST", "/v1/auth/key-claims", text, { token: "x" })).status).toBe(415);
});
