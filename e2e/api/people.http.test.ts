import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { InvitedPerson, Person } from "@/lib/contract/people";
import type { Role } from "@/lib/states/permissions";
import { makeKey, makePerson, signIn, submitSignIn } from "@/test/credentials";
import { expectRefusal, readSecurityEvents } from "@/test/refusal";
import { useApi } from "@/test/use-api";

// Behind a proxy, so that a test can come from several addresses.
const api = useApi({ TRUSTED_PROXIES: "1" });
const PATH = "/v1/admin/people";
const PASSWORD = "three words and more";
type Staff = { id: string; email: string; headers: Record<string, string> };
let [admin, local, support]: Staff[] = [];

async function make(role: Role, orgIds?: string[]): Promise<Staff> {
  const { database, baseUrl } = api();
  const person = await makePerson(database.owner, { role, ...(orgIds && { orgIds }) });
  return { ...person, headers: { ...(await signIn(baseUrl, person)) } };
}

beforeAll(async () => {
  admin = await make("admin");
  local = await make("admin", [api().fixture.orgId]);
  support = await make("support");
});

const body = (given: object) => JSON.stringify(given);
const newcomer = (part: object = {}) => ({
  name: `Kim ${randomUUID()}`,
  email: `${randomUUID()}@staff.example`,
  role: "support",
  reach: { all: true },
  ...part,
});
const post = (path: string, given: object, { headers } = admin!) =>
  api().call("POST", PATH + path, { headers, body: body(given) });
const invite = async (part?: object, by = admin!) =>
  (await post("", newcomer(part), by)).json as InvitedPerson;
const tokenOf = ({ link }: Pick<InvitedPerson, "link">) => new URL(link!).hash.slice(1);
const setPassword = (given: object, address = "203.0.113.1") =>
  api().call("POST", "/v1/auth/password", {
    headers: { "X-Forwarded-For": address, "Content-Type": "application/json" },
    body: body(given),
  });
const read = async (id: string) => (await api().call("GET", `${PATH}/${id}`, admin)).json as Person;

test("person: invited, sets a password, signs in, is changed, disabled and enabled", async () => {
  const { call, baseUrl, fixture } = api();
  const made = await post("", newcomer({ reach: { all: false, org_ids: [fixture.orgId.toUpperCase()] } }));
  expect(made).toMatchObject({ status: 201, headers: { "cache-control": "no-store" } });
  const { link, ...person } = made.json as InvitedPerson;
  expect(person).toMatchObject({ state: "invited", reach: { all: false, org_ids: [fixture.orgId] } });
  expect(new URL(link!)).toMatchObject({ origin: baseUrl, pathname: "/set-password", search: "" });
  expect(await read(person.id)).toEqual(person);

  const token = tokenOf({ link });
  const reply = await setPassword({ token, password: PASSWORD });
  expect(reply).toMatchObject({ status: 200, json: { id: person.id, email: person.email } });
  const session = async () =>
    (await submitSignIn(baseUrl, { email: person.email, password: PASSWORD })).status;
  expect(await session()).toBe(200);
  expect(await read(person.id)).toMatchObject({ state: "active", last_sign_in_at: expect.any(String) });

  const path = `/${person.id}`;
  const changed = await call("PATCH", PATH + path, {
    headers: admin!.headers,
    body: body({ role: "auditor" }),
  });
  expect(changed).toMatchObject({ status: 200, json: { role: "auditor" } });
  const reason = { reason: "ticket #1: has left" };
  const statuses = [];
  for (const [sub, given] of [
    ["disablement", reason],
    ["disablement", reason],
    ["enablement", {}],
    ["enablement", {}],
    ["invitation", {}],
  ] as const)
    statuses.push((await post(`${path}/${sub}`, given)).status);
  expect(statuses).toEqual([201, 200, 201, 200, 201]);
});

test("concurrent disables of one person: one succeeds", async () => {
  const { id } = await make("support");
  const replies = await Promise.all(
    Array.from({ length: 12 }, () => post(`/${id}/disablement`, { reason: "ticket #2" })),
  );
  expect(replies.map(({ status }) => status).toSorted()).toEqual([...Array<number>(11).fill(200), 201]);
  const { rows } = await api().database.owner.query("SELECT FROM audit_entries WHERE target_id = $1", [id]);
  expect(rows).toHaveLength(1);
});

test("two admins who disable each other at once: one is refused and remains", async () => {
  for (let round = 0; round < 5; round++) {
    const [one, other] = [await make("admin"), await make("admin")];
    const replies = await Promise.all([
      post(`/${other.id}/disablement`, { reason: "ticket #3" }, one),
      post(`/${one.id}/disablement`, { reason: "ticket #3" }, other),
    ]);
    expect(replies.map(({ status }) => status).toSorted()).toEqual([201, 401]);
  }
});

describe("people request refused, nothing changed, one security event:", () => {
  const reason = "ticket #4";
  const at = (id: string, sub = "") => `${PATH}/${id}${sub}`;

  test("a person out of reach: the same bytes as a missing one", async () => {
    const { call } = api();
    const { id } = await make("support", [api().otherScene.orgId]);
    const miss = await call("GET", at(randomUUID()), local);
    expect(miss.status).toBe(404);
    for (const [method, sub, given] of [
      ["GET", "", undefined],
      ["PATCH", "", { name: "X" }],
      ["POST", "/disablement", { reason }],
      ["POST", "/enablement", {}],
      ["POST", "/invitation", {}],
    ] as const)
      for (const who of [id, admin!.id, api().otherScene.customer.person.id, randomUUID(), "no-id"]) {
        const request = {
          method,
          path: at(who, sub),
          headers: local!.headers,
          ...(given && { body: body(given) }),
        };
        const expected = { status: 404, code: "PERSON_NOT_FOUND", actorId: local!.id };
        expect((await expectRefusal(api(), request, expected)).text).toBe(miss.text);
      }
  });

  test("a change beyond the caller's permissions, or to themselves", async () => {
    const { fixture, otherScene } = api();
    const beyond = { status: 403, code: "PERMISSION_DENIED", actorId: local!.id };
    const escalation = (field: string) => ({ type: "escalation_forbidden", loc: ["body", field] });
    for (const reach of [{ all: true }, { all: false, org_ids: [fixture.orgId, otherScene.orgId] }])
      await expectRefusal(
        api(),
        { path: PATH, headers: local!.headers, body: body(newcomer({ reach })) },
        { ...beyond, error: escalation("reach") },
      );
    const scopes = ["admin", "people.manage", "runs.read"];
    const key = await makeKey(api().database.owner, { ownerId: admin!.id, scopes });
    await expectRefusal(
      api(),
      { path: PATH, headers: key.headers, body: body(newcomer()) },
      { ...beyond, error: escalation("role"), actorId: key.id },
    );
    const own = {
      status: 409,
      code: "CONFLICT",
      error: { type: "self_action_forbidden" },
      actorId: admin!.id,
    };
    for (const [method, sub, given] of [
      ["PATCH", "", { role: "support" }],
      ["PATCH", "", { reach: { all: false, org_ids: [fixture.orgId] } }],
      ["POST", "/disablement", { reason }],
      ["POST", "/invitation", {}],
    ] as const) {
      const request = { method, path: at(admin!.id, sub), headers: admin!.headers, body: body(given) };
      await expectRefusal(api(), request, own);
    }
    const taken = body(newcomer({ email: support!.email.toUpperCase() }));
    await expectRefusal(
      api(),
      { path: PATH, headers: admin!.headers, body: taken },
      { ...own, error: { type: "email_taken" } },
    );
  });

  test.each([
    ["no name", "", { name: " " }, ["body", "name"]],
    ["a name of control characters", "", { name: "a\u0000b" }, ["body", "name"]],
    ["no email", "", { email: "kim" }, ["body", "email"]],
    ["an unknown role", "", { role: "owner" }, ["body", "role"]],
    ["an empty reach", "", { reach: { all: false, org_ids: [] } }, ["body", "reach"]],
    [
      "a reach with both all and some",
      "",
      { reach: { all: true, org_ids: [randomUUID()] } },
      ["body", "reach"],
    ],
    [
      "a missing organization",
      "",
      { reach: { all: false, org_ids: [randomUUID()] } },
      ["body", "reach", "org_ids"],
    ],
    ["a password", "", { password: PASSWORD }, ["body", "password"]],
    ["no reason", "/disablement", {}, ["body", "reason"]],
    ["a blank reason", "/disablement", { reason: "  " }, ["body", "reason"]],
    ["a misspelled field", "/enablement", { raeson: "x" }, ["body", "raeson"]],
  ])("%s", async (_what, sub, part, loc) => {
    const path = sub ? at(support!.id, sub) : PATH;
    const given = sub ? part : newcomer(part);
    await expectRefusal(
      api(),
      { path, headers: admin!.headers, body: body(given) },
      { status: 422, code: "VALIDATION_ERROR", error: { loc }, actorId: admin!.id },
    );
  });
});

describe("password", () => {
  test.each([
    ["eleven characters", "a".repeat(11), "string_too_short"],
    ["eleven emoji", "🙂".repeat(11), "string_too_short"],
    ["129 characters", "a".repeat(129), "string_too_long"],
    ["half a character", `${PASSWORD}\ud800`, "string_unicode"],
    ["a common word and digits", "password1234", "password_too_weak"],
    ["one repeated character", "a".repeat(12), "password_too_weak"],
    ["the product’s name", "runflowrunflow", "password_too_weak"],
  ])("of %s: refused, and its link stays valid", async (_what, password, type) => {
    const token = tokenOf(await invite());
    const refused = await setPassword({ token, password });
    expect(refused).toMatchObject({ status: 422, json: { errors: [{ type, loc: ["body", "password"] }] } });
    const longest = "🙂🚲🎻🧊🪁🥝🦉🧭".repeat(16);
    expect((await setPassword({ token, password: longest })).status).toBe(200);
  });

  test("same characters from every keyboard: accepted", async () => {
    const made = await invite();
    await setPassword({ token: tokenOf(made), password: "Ångström, twelve" });
    const { status } = await submitSignIn(api().baseUrl, {
      email: made.email,
      password: "A\u030Angstro\u0308m, twelve",
    });
    expect(status).toBe(200);
  });

  test("link: a valid one works; all others look the same and leave an event", async () => {
    const { database } = api();
    const [used, replaced, expired, disabled] = [
      await invite(),
      await invite(),
      await invite(),
      await invite(),
    ];
    await setPassword({ token: tokenOf(used!), password: PASSWORD });
    await post(`/${replaced!.id}/invitation`, {});
    await database.owner.query("UPDATE password_links SET expires_at = created_at WHERE person_id = $1", [
      expired!.id,
    ]);
    await post(`/${disabled!.id}/disablement`, { reason: "ticket #5" });
    const texts = new Set<string>();
    for (const token of [
      "",
      "x".repeat(43),
      ...[used, replaced, expired, disabled].map((each) => tokenOf(each!)),
    ]) {
      const before = (await readSecurityEvents(database.owner)).length;
      const reply = await setPassword({ token, password: PASSWORD }, "203.0.113.9");
      expect(reply.status).toBe(404);
      texts.add(reply.text);
      const events = (await readSecurityEvents(database.owner)).slice(before);
      expect(events).toMatchObject([
        {
          kind: "password_link.refused",
          status: 404,
          ip: "203.0.113.9",
          request_id: reply.requestId,
          actor_id: null,
        },
      ]);
    }
    expect(texts.size).toBe(1);
  });

  test("guessed links from one address: rate-limited, without blocking sign-ins or valid links there", async () => {
    const { baseUrl, database } = api();
    const address = "203.0.113.50";
    const made = await invite();
    const guess = () => setPassword({ token: "wrong", password: PASSWORD }, address);
    for (let n = 0; n < 300; n++) expect((await guess()).status).toBe(404);
    const before = (await readSecurityEvents(database.owner)).length;
    for (let n = 0; n < 3; n++)
      expect(await guess()).toMatchObject({
        status: 429,
        json: { code: "RATE_LIMITED" },
        headers: { "retry-after": expect.stringMatching(/^(900|8\d\d)$/) as string },
      });
    expect((await readSecurityEvents(database.owner)).slice(before)).toMatchObject([{ status: 429 }]);
    expect((await setPassword({ token: tokenOf(made), password: PASSWORD }, address)).status).toBe(200);
    const right = { email: made.email, password: PASSWORD };
    expect((await submitSignIn(baseUrl, right, { "X-Forwarded-For": address })).status).toBe(200);
  });

  test.each<[string, Record<string, string>, number, string]>([
    [
      "another site",
      { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" },
      403,
      "PERMISSION_DENIED",
    ],
    ["a sandboxed frame", { Origin: "null" }, 403, "PERMISSION_DENIED"],
    ["a page of the same site", { "Sec-Fetch-Site": "same-site" }, 403, "PERMISSION_DENIED"],
    ["a form", { "Content-Type": "application/x-www-form-urlencoded" }, 415, "UNSUPPORTED_MEDIA_TYPE"],
    ["no-cors", { "Content-Type": "text/plain;charset=UTF-8" }, 415, "UNSUPPORTED_MEDIA_TYPE"],
    ["a script without a type", { "Content-Type": "" }, 415, "UNSUPPORTED_MEDIA_TYPE"],
  ])("from %s: refused unread, and its link stays valid", async (_from, headers, status, code) => {
    const token = tokenOf(await invite());
    const request = {
      headers: { "Content-Type": "application/json", "X-Forwarded-For": "203.0.113.52", ...headers },
      body: body({ token, password: PASSWORD }),
    };
    const refused = await api().call("POST", "/v1/auth/password", request);
    expect(refused).toMatchObject({ status, json: { code } });
    const own = { Origin: api().baseUrl, "Sec-Fetch-Site": "same-origin" };
    const headersOfConsole = { "Content-Type": "application/json", ...own };
    const taken = await api().call("POST", "/v1/auth/password", { ...request, headers: headersOfConsole });
    expect(taken.status).toBe(200);
  });

  test("logs: no password and no link", () => {
    expect(api().server.output()).not.toMatch(/three words|set-password#/);
  });
});

test("list of people: filtered by the query", async () => {
  const { call } = api();
  const mark = randomUUID();
  const made = [await invite({ name: `B ${mark}` }), await invite({ name: `A ${mark}`, role: "auditor" })];
  const find = async (query: string) =>
    ((await call("GET", `${PATH}?text=${mark}${query}`, admin)).json as { items: Person[] }).items.map(
      ({ id }) => id,
    );
  expect(await find("")).toEqual([made[1]!.id, made[0]!.id]);
  expect(await find("&role=auditor&state=invited")).toEqual([made[1]!.id]);
  expect(await find("&state=active")).toEqual([]);
  expect(await find("&kind=customer")).toEqual([]);
  for (const query of ["role=owner", "state=gone", "text=%00", "pq=x", "org=x"]) {
    const request = { method: "GET", path: `${PATH}?${query}`, headers: admin!.headers };
    const { status, json } = await call("GET", request.path, request);
    expect([status, (json as { code: string }).code]).toEqual([422, "VALIDATION_ERROR"]);
  }
});
