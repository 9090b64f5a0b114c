import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callHttp } from "@/test/call-http";
import { makeKey, makePerson, signIn } from "@/test/credentials";
import { settingsOf, startOpenIdProvider } from "@/test/openid-provider";
import { failureOf, signInAt } from "@/test/provider-sign-in";
import { startServers, type TestServerProcess } from "@/test/server";
import { useApi } from "@/test/use-api";

const TOKEN = "scim-token-of-the-first-provider-0123456789";
const OTHER_TOKEN = "scim-token-of-the-other-provider-0123456789";
const provider = await startOpenIdProvider();
const env = {
  OIDC_PROVIDERS: JSON.stringify([
    settingsOf(provider, { scim_token: TOKEN }),
    settingsOf(provider, { id: "other", issuer: "https://other.example", scim_token: OTHER_TOKEN }),
    settingsOf(provider, { id: "without", issuer: "https://without.example" }),
  ]),
};
const api = useApi(env);
let second: TestServerProcess;

beforeAll(async () => {
  provider.addConsole(api().baseUrl);
  [second] = (await startServers({ databaseUrl: api().database.appUrl, env })) as [TestServerProcess];
});
afterAll(async () => {
  await second.stop();
  await provider.close();
});

type Answer = { status: number; json: Record<string, unknown> & { id: string; detail: string } };

async function scim(method: string, path: string, body?: unknown, token = TOKEN): Promise<Answer> {
  const reply = await callHttp(api().baseUrl, method, `/scim/v2/${path}`, {
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/scim+json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  expect(reply.headers["content-type"]).toBe("application/scim+json; charset=utf-8");
  return { status: reply.status, json: (reply.text ? JSON.parse(reply.text) : {}) as Answer["json"] };
}

const newUser = (more: object = {}) => {
  const userName = `kim.${randomUUID()}@company.example`;
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    userName,
    externalId: randomUUID(),
    name: { givenName: "Kim", familyName: "New" },
    emails: [{ value: userName, type: "work", primary: true }],
    active: true,
    title: "is not kept",
    ...more,
  };
};
const create = async (more: object = {}) => (await scim("POST", "Users", newUser(more))).json;
const patch = (id: string, ...Operations: object[]) =>
  scim("PATCH", `Users/${id}`, {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
    Operations,
  });

async function actionsAbout(id: string) {
  const { rows } = await api().database.owner.query<{ action: string; actor_name: string }>(
    "SELECT action, actor_name FROM audit_entries WHERE target_id = $1 ORDER BY id",
    [id],
  );
  expect(new Set(rows.map(({ actor_name }) => actor_name))).toEqual(
    new Set(["Identity provider Company SSO"]),
  );
  return rows.map(({ action }) => action);
}
const me = (baseUrl: string, headers: object) =>
  callHttp(baseUrl, "GET", "/v1/auth/me", { headers: { ...headers } });

test("user: created, found, changed and deactivated, with an entry each", async () => {
  const user = newUser();
  const { status, json } = await scim("POST", "Users", user);
  expect(status).toBe(201);
  expect(json).toMatchObject({
    userName: user.userName,
    externalId: user.externalId,
    displayName: "Kim New",
    active: true,
    emails: [{ value: user.userName }],
    meta: { resourceType: "User", location: `${api().baseUrl}/scim/v2/Users/${json.id}` },
  });
  const { id } = json;
  for (const filter of [
    `userName eq "${user.userName.toUpperCase()}"`,
    `externalId eq "${user.externalId}"`,
  ]) {
    const found = await scim("GET", `Users?filter=${encodeURIComponent(filter)}`);
    expect(found.json).toMatchObject({ totalResults: 1, Resources: [{ id }] });
  }
  expect(await scim("GET", `Users/${id}`)).toMatchObject({ status: 200, json: { id } });
  const email = `${randomUUID()}@company.example`;
  expect(
    await patch(
      id,
      { op: "Replace", path: "displayName", value: "Kim Newer" },
      { op: "replace", path: 'emails[type eq "work"].value', value: email },
      { op: "add", path: "title", value: "is not kept" },
    ),
  ).toMatchObject({ status: 200, json: { displayName: "Kim Newer", emails: [{ value: email }] } });
  expect(await scim("PUT", `Users/${id}`, { ...user, active: "False" })).toMatchObject({
    status: 200,
    json: { displayName: "Kim New", active: false },
  });
  expect(await patch(id, { op: "replace", value: { active: true } })).toMatchObject({
    json: { active: true },
  });
  expect(await scim("DELETE", `Users/${id}`)).toMatchObject({ status: 204 });
  expect(await scim("GET", `Users/${id}`)).toMatchObject({ json: { active: false } });
  expect(await actionsAbout(id)).toEqual([
    "person.provisioned",
    "person.updated",
    "person.updated",
    "person.disabled",
    "person.enabled",
    "person.disabled",
  ]);
});

test("deactivated: sessions and keys end at once, in every process, and no sign-in helps", async () => {
  const { baseUrl, database } = api();
  const account = provider.setAccount({ name: "Kim New", groups: ["admin"] });
  const user = await create({
    userName: account.email,
    emails: [{ value: account.email }],
    externalId: account.sub,
  });
  const { session } = await signInAt(baseUrl, provider, account);
  const key = await makeKey(database.owner, { ownerId: user.id, scopes: ["admin"] });
  for (const base of [baseUrl, second.baseUrl])
    for (const headers of [session!, key.headers]) expect((await me(base, headers)).status).toBe(200);
  expect(await patch(user.id, { op: "replace", path: "active", value: false })).toMatchObject({
    status: 200,
  });
  for (const base of [second.baseUrl, baseUrl])
    for (const headers of [session!, key.headers]) expect((await me(base, headers)).status).toBe(401);
  expect(failureOf(await signInAt(baseUrl, provider, account))).toBe("disabled");
  await patch(user.id, { op: "replace", path: "active", value: true });
  expect((await signInAt(baseUrl, provider, account)).session).toBeDefined();
});

test("person who signed in before: found by email, so that the client can take over", async () => {
  const account = provider.setAccount({ name: "Kim New", groups: ["support"] });
  await signInAt(api().baseUrl, provider, account);
  const found = await scim("GET", `Users?filter=${encodeURIComponent(`userName eq "${account.email}"`)}`);
  const [{ id }] = found.json["Resources"] as [{ id: string }];
  expect(await patch(id, { op: "add", path: "externalId", value: randomUUID() })).toMatchObject({
    status: 200,
  });
  expect(await scim("DELETE", `Users/${id}`)).toMatchObject({ status: 204 });
  expect(failureOf(await signInAt(api().baseUrl, provider, account))).toBe("disabled");
});

test("person without groups: made without any access", async () => {
  const { id } = await create();
  const { rows } = await api().database.owner.query(
    `SELECT role, reaches_all_orgs, (SELECT count(*)::int FROM person_reach WHERE person_id = id) AS reach,
       (SELECT count(*)::int FROM sessions WHERE person_id = p.id) AS sessions FROM people p WHERE id = $1`,
    [id],
  );
  expect(rows).toEqual([{ role: "support", reaches_all_orgs: false, reach: 0, sessions: 0 }]);
});

test("many at once with one userName: one is made", async () => {
  const user = newUser();
  const answers = await Promise.all(Array.from({ length: 8 }, () => scim("POST", "Users", user)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
});

test("list: pages by startIndex and count", async () => {
  await create();
  await create();
  const all = (await scim("GET", "Users?count=200")).json as unknown as {
    totalResults: number;
    Resources: { id: string }[];
  };
  const page = await scim("GET", "Users?startIndex=2&count=1");
  expect(page.json).toMatchObject({
    totalResults: all.totalResults,
    startIndex: 2,
    itemsPerPage: 1,
    Resources: [{ id: all.Resources[1]!.id }],
  });
  expect((await scim("GET", "Users?count=0")).json).toMatchObject({ itemsPerPage: 0, Resources: [] });
});

describe("refused, and nothing changes:", () => {
  const everyone = async () =>
    (
      await api().database.owner.query(
        "SELECT p, i FROM people p LEFT JOIN identities i ON i.person_id = p.id ORDER BY p.id",
      )
    ).rows as unknown[];

  test.each<[string, string, string, unknown, number, string | undefined]>([
    ["no email", "POST", "Users", newUser({ userName: "kim", emails: [] }), 400, "invalidValue"],
    ["no userName", "POST", "Users", newUser({ userName: "" }), 400, "invalidValue"],
    ["NUL", "POST", "Users", newUser({ userName: "a\0b@x.example" }), 400, "invalidValue"],
    ["another filter", "GET", "Users?filter=active%20eq%20true", undefined, 400, "invalidFilter"],
    ["half a filter", "GET", "Users?filter=userName%20eq%20%22", undefined, 400, "invalidFilter"],
    ["a count that is no number", "GET", "Users?count=all", undefined, 400, "invalidValue"],
    ["an unknown user", "PUT", `Users/${randomUUID()}`, newUser(), 404, undefined],
    ["an id that is none", "DELETE", "Users/x", undefined, 404, undefined],
    ["another resource", "GET", "Groups", undefined, 404, undefined],
    ["another method", "DELETE", "Users", undefined, 405, undefined],
  ])("%s", async (_what, method, path, body, status, scimType) => {
    const before = await everyone();
    const { json, ...answer } = await scim(method, path, body);
    expect(answer.status).toBe(status);
    expect(json).toMatchObject({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
      status: String(status),
      ...(scimType && { scimType }),
    });
    expect(await everyone()).toEqual(before);
  });

  test("an email that someone has, and a patch without operations", async () => {
    const { email } = await makePerson(api().database.owner);
    const { id } = await create();
    const before = await everyone();
    expect(await scim("POST", "Users", newUser({ emails: [{ value: email }] }))).toMatchObject({
      status: 409,
      json: { scimType: "uniqueness" },
    });
    expect(await patch(id, { op: "replace", path: "emails", value: [{ value: email }] })).toMatchObject({
      status: 409,
    });
    expect(await patch(id)).toMatchObject({ status: 400, json: { scimType: "invalidSyntax" } });
    expect(await everyone()).toEqual(before);
  });

  test("another provider's people", async () => {
    const { id } = await create();
    expect(await scim("GET", `Users/${id}`, undefined, OTHER_TOKEN)).toMatchObject({ status: 404 });
    expect(await scim("DELETE", `Users/${id}`, undefined, OTHER_TOKEN)).toMatchObject({ status: 404 });
    expect((await scim("GET", "Users?count=1", undefined, OTHER_TOKEN)).json).toMatchObject({
      totalResults: 0,
    });
  });
});

describe("credentials", () => {
  test("session, service key, wrong or no token: 401 on SCIM", async () => {
    const { baseUrl, database } = api();
    const admin = await makePerson(database.owner, { role: "admin" });
    const key = await makeKey(database.owner, { ownerId: admin.id });
    const wrong = { Authorization: `Bearer ${TOKEN}x` };
    for (const headers of [await signIn(baseUrl, admin), key.headers, wrong, {}]) {
      const reply = await callHttp(baseUrl, "GET", "/scim/v2/Users", { headers: { ...headers } });
      expect(reply).toMatchObject({ status: 401, headers: { "www-authenticate": "Bearer" } });
    }
  });

  test("SCIM token: 401 everywhere else", async () => {
    for (const path of ["/v1/auth/me", "/v1/admin/people", "/v1/runs"]) {
      const headers = { Authorization: `Bearer ${TOKEN}` };
      expect(await api().call("GET", path, { headers })).toMatchObject({ status: 401 });
    }
  });
});

test("configuration: lists the supported features", async () => {
  expect(await scim("GET", "ServiceProviderConfig")).toMatchObject({
    status: 200,
    json: { patch: { supported: true }, bulk: { supported: false }, filter: { supported: true } },
  });
});
