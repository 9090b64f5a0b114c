import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { generateKey } from "@/lib/identity/key";
import { makeKey, makePerson, signIn } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { expectRefusal } from "@/test/refusal";
import { useApi } from "@/test/use-api";

const api = useApi();

const UNAUTHORIZED = { status: 401, code: "UNAUTHORIZED", error: null };
const OUTSIDE = { status: 403, code: "ORGANIZATION_MEMBERSHIP_REQUIRED", error: null };
const REASON = '{"reason":"Ticket #4821"}';
const cancellation = (runId: string): string => `/v1/admin/runs/${runId}/cancellation`;

/** A cancel that would succeed if the credential were accepted. */
const makePath = async (): Promise<string> =>
  cancellation(await makeRun(api().database.owner, api().fixture));

/** Changes a key's last character, as a typo would. */
const mistype = (key: string): string => key.slice(0, -1) + (key.endsWith("a") ? "b" : "a");

describe("invalid credential", () => {
  const valid = generateKey("service");
  test.each([
    ["no header at all", undefined],
    ["an empty header", ""],
    ["a scheme alone", "Bearer"],
    ["a scheme and a space", "Bearer "],
    ["another scheme", `Basic ${Buffer.from(`${valid}:`).toString("base64")}`],
    ["a key without a scheme", valid],
    ["a key that was never issued", `Bearer ${valid}`],
    ["a key with a character that keys don't have", `Bearer ${valid.replace(/.$/, "-")}`],
    ["a key followed by text", `Bearer ${valid} x`],
    ["a key that is cut short", `Bearer ${valid.slice(0, -1)}`],
    ["a key that is too long", `Bearer ${valid}0`],
    ["a key of another kind", `Bearer ${valid.replace("svc", "adm")}`],
    ["a word", "Bearer null"],
    ["a very long key", `Bearer rf_svc_${"x".repeat(8_000)}`],
    ["non-ASCII bytes", "Bearer \u00fc\u00fc\u00fc"],
  ])("%s", async (_name, authorization) => {
    const headers = authorization === undefined ? {} : { Authorization: authorization };
    await expectRefusal(api(), { path: await makePath(), headers }, { ...UNAUTHORIZED, actorId: null });
  });

  test.each([
    ["garbage", "runflow-console.session=garbage"],
    ["nothing", "runflow-console.session="],
    ["a cookie of another name", "session=abc"],
    ["a malformed cookie header", ";;;===%%%"],
  ])("a session cookie with %s", async (_name, cookie) => {
    const headers = { Cookie: cookie, Origin: api().baseUrl, "Sec-Fetch-Site": "same-origin" };
    await expectRefusal(api(), { path: await makePath(), headers }, { ...UNAUTHORIZED, actorId: null });
  });

  test("live session's id in place of its encrypted cookie", async () => {
    const { owner } = api().database;
    const person = await makePerson(owner);
    const { Origin } = await signIn(api().baseUrl, person);
    const { rows } = await owner.query<{ id: string }>("SELECT id FROM sessions WHERE person_id = $1", [
      person.id,
    ]);
    const headers = { Cookie: `runflow-console.session=${rows[0]!.id}`, Origin };
    await expectRefusal(api(), { path: await makePath(), headers }, { ...UNAUTHORIZED, actorId: null });
  });
});

describe("key that stopped working", () => {
  test("mistyped key: refused; the right one still works", async () => {
    const { owner } = api().database;
    const key = await makeKey(owner, { ownerId: (await makePerson(owner)).id });
    const path = await makePath();
    const headers = { Authorization: `Bearer ${mistype(key.text)}` };
    await expectRefusal(api(), { path, headers }, { ...UNAUTHORIZED, actorId: null });
    expect(await api().call("POST", path, key)).toMatchObject({ status: 201 });
  });

  test("mistyped key: refused without a look-up", async () => {
    // A wrong checksum is refused even if the database has the key's hash.
    const { owner } = api().database;
    const key = await makeKey(owner, { ownerId: (await makePerson(owner)).id });
    const wrong = mistype(key.text);
    await owner.query("UPDATE api_keys SET hash = sha256($2::bytea) WHERE id = $1", [key.id, wrong]);
    const headers = { Authorization: `Bearer ${wrong}` };
    await expectRefusal(api(), { path: await makePath(), headers }, { ...UNAUTHORIZED, actorId: null });
  });
});

describe("valid credential without access", () => {
  test("inference key, even for a run of its organization", async () => {
    const { database, fixture } = api();
    const { person } = fixture.customer;
    const key = await makeKey(database.owner, { ownerId: person.id, orgId: fixture.orgId });
    const expected = { ...UNAUTHORIZED, actorId: key.id };
    await expectRefusal(api(), { path: await makePath(), headers: key.headers }, expected);
    const [event] = (await database.owner.query("SELECT * FROM security_events ORDER BY id DESC LIMIT 1"))
      .rows;
    expect(event).toMatchObject({
      actor_type: "inference_key",
      actor_key_prefix: key.prefix,
      org_id: fixture.orgId,
    });
  });
});

describe("header and cookie together", () => {
  test("valid header: takes precedence", async () => {
    const { database, baseUrl } = api();
    const auditor = await signIn(baseUrl, await makePerson(database.owner, { role: "auditor" }));
    const key = await makeKey(database.owner, { ownerId: (await makePerson(database.owner)).id });
    const path = await makePath();
    expect(await api().call("POST", path, { headers: { ...auditor, ...key.headers } })).toMatchObject({
      status: 201,
    });
    const { rows } = await database.owner.query("SELECT * FROM audit_entries WHERE actor_id = $1", [key.id]);
    expect(rows).toHaveLength(1);
  });

  test.each(["Bearer nonsense", "", "Basic YTpi"])(
    "invalid header: takes precedence, so the request fails: %j",
    async (Authorization) => {
      const { database, baseUrl } = api();
      const session = await signIn(baseUrl, await makePerson(database.owner));
      const headers = { ...session, Authorization };
      await expectRefusal(api(), { path: await makePath(), headers }, { ...UNAUTHORIZED, actorId: null });
    },
  );
});

describe("X-Organization-Id", () => {
  const keyReaching = async (orgIds?: string[]) => {
    const { owner } = api().database;
    return makeKey(owner, { ownerId: (await makePerson(owner)).id, ...(orgIds && { orgIds }) });
  };

  test("organization in reach: narrows, in upper or lower case", async () => {
    const { database, fixture, otherScene, call } = api();
    const key = await keyReaching([fixture.orgId, otherScene.orgId]);
    const headers = { ...key.headers, "X-Organization-Id": fixture.orgId };
    const other = cancellation(await makeRun(database.owner, otherScene));
    const missing = { status: 404, code: "RUN_NOT_FOUND", error: null, actorId: key.id };
    await expectRefusal(api(), { path: other, headers }, missing);
    expect(await call("POST", await makePath(), { headers })).toMatchObject({ status: 201 });
    const upper = { ...key.headers, "X-Organization-Id": otherScene.orgId.toUpperCase() };
    expect(await call("POST", other, { headers: upper })).toMatchObject({ status: 201 });
  });

  test("key that reaches everything: narrowed", async () => {
    const { database, fixture, otherScene } = api();
    const key = await keyReaching();
    const headers = { ...key.headers, "X-Organization-Id": fixture.orgId };
    const path = cancellation(await makeRun(database.owner, otherScene));
    await expectRefusal(api(), { path, headers }, { status: 404, code: "RUN_NOT_FOUND", actorId: key.id });
    expect(await api().call("POST", path, key)).toMatchObject({ status: 201 });
  });

  test.each([
    ["another organization", () => api().otherScene.orgId],
    ["one that doesn't exist", () => randomUUID()],
    ["not a UUID", () => "acme"],
    ["nothing", () => ""],
    ["two", () => `${api().fixture.orgId}, ${api().fixture.orgId}`],
  ])("%s: refused", async (_name, value) => {
    const key = await keyReaching([api().fixture.orgId]);
    const headers = { ...key.headers, "X-Organization-Id": value() };
    await expectRefusal(api(), { path: await makePath(), headers }, { ...OUTSIDE, actorId: key.id });
  });

  test("unknown organization: refused, even for a key that reaches everything", async () => {
    const key = await keyReaching();
    const headers = { ...key.headers, "X-Organization-Id": randomUUID() };
    await expectRefusal(api(), { path: await makePath(), headers }, { ...OUTSIDE, actorId: key.id });
  });
});

describe("run not found", () => {
  const MISSING = { status: 404, code: "RUN_NOT_FOUND", error: null };

  test("any cause: identical bytes", async () => {
    const { database, fixture, otherScene } = api();
    const person = await makePerson(database.owner);
    const key = await makeKey(database.owner, { ownerId: person.id, orgIds: [fixture.orgId] });
    const outOfReach = await makeRun(database.owner, otherScene);
    const { headers, id: actorId } = key;
    const ids = [outOfReach, outOfReach.toUpperCase(), randomUUID(), "00000000-0000-0000-0000-000000000000"];
    ids.push(
      "1",
      "not-a-uuid",
      outOfReach.replaceAll("-", ""),
      `${outOfReach}x`,
      `{${outOfReach}}`,
      "%00",
      "%E0%A4%A",
    );
    ids.push(
      `${outOfReach}%20`,
      "%F0%9F%98%80",
      "'; DROP TABLE runs; --".replaceAll(" ", "%20"),
      "x".repeat(2_000),
    );
    const answers = [];
    for (const id of ids) {
      answers.push(await expectRefusal(api(), { path: cancellation(id), headers }, { ...MISSING, actorId }));
    }
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const shapes = answers.map(({ headers }) => Object.keys(headers).sort().join());
    expect(new Set(shapes).size).toBe(1);
  });

  test("id in upper case: the same run", async () => {
    const { database, fixture } = api();
    const key = await makeKey(database.owner, { ownerId: (await makePerson(database.owner)).id });
    const runId = await makeRun(database.owner, fixture);
    const first = await api().call("POST", cancellation(runId.toUpperCase()), key);
    expect(first).toMatchObject({ status: 201, json: { id: runId } });
    expect(first.headers.location).toBe(`/v1/runs/${runId}`);
  });

  test("key without reach: finds nothing", async () => {
    const { owner } = api().database;
    const { headers, id } = await makeKey(owner, { ownerId: (await makePerson(owner)).id, orgIds: [] });
    await expectRefusal(api(), { path: await makePath(), headers }, { ...MISSING, actorId: id });
  });
});

describe("change with a session", () => {
  const CROSS_ORIGIN = { status: 403, code: "PERMISSION_DENIED", error: { type: "cross_origin_request" } };

  test.each<[string, (baseUrl: string) => Record<string, string>]>([
    ["another origin", () => ({ Origin: "https://elsewhere.example" })],
    ["another port", () => ({ Origin: "http://127.0.0.1:1" })],
    ["no origin at all", () => ({ Origin: "null" })],
    ["a word for an origin", () => ({ Origin: "here" })],
    ["a cross-site page", () => ({ "Sec-Fetch-Site": "cross-site" })],
    ["a page of the same site", (baseUrl) => ({ Origin: baseUrl, "Sec-Fetch-Site": "same-site" })],
    ["an address bar", () => ({ "Sec-Fetch-Site": "none" })],
    [
      "another origin with same-origin fetch metadata",
      () => ({ Origin: "https://elsewhere.example", "Sec-Fetch-Site": "same-origin" }),
    ],
    [
      "this origin with cross-site fetch metadata",
      (baseUrl) => ({ Origin: baseUrl, "Sec-Fetch-Site": "cross-site" }),
    ],
    ["a client that sends neither header", () => ({})],
  ])("from %s: refused", async (_name, claim) => {
    const { database, baseUrl } = api();
    const person = await makePerson(database.owner);
    const { Cookie } = await signIn(baseUrl, person);
    const headers = { Cookie, ...claim(baseUrl) };
    await expectRefusal(api(), { path: await makePath(), headers }, { ...CROSS_ORIGIN, actorId: person.id });
  });

  test.each<[string, (baseUrl: string) => Record<string, string>]>([
    ["sends both headers", (baseUrl) => ({ Origin: baseUrl, "Sec-Fetch-Site": "same-origin" })],
    ["sends its Origin", (baseUrl) => ({ Origin: baseUrl })],
    ["sends same-origin fetch metadata", () => ({ "Sec-Fetch-Site": "same-origin" })],
  ])("from a browser that %s: accepted", async (_name, claim) => {
    const { database, baseUrl } = api();
    const { Cookie } = await signIn(baseUrl, await makePerson(database.owner));
    const headers = { Cookie, ...claim(baseUrl) };
    const request = { headers, body: REASON };
    expect(await api().call("POST", await makePath(), request)).toMatchObject({ status: 201 });
  });

  test("from another person's page: refused, though it may read", async () => {
    const { database, baseUrl, call } = api();
    const [ada, ben] = [await makePerson(database.owner), await makePerson(database.owner)];
    const session = await signIn(baseUrl, ben);
    const ofAda = { ...session, "Runflow-Signed-In-As": ada.id };
    const error = { type: "signed_in_as_another", loc: ["header", "runflow-signed-in-as"] };
    const path = await makePath();
    await expectRefusal(
      api(),
      { path, headers: ofAda },
      { status: 403, code: "PERMISSION_DENIED", error, actorId: ben.id },
    );
    expect(await call("GET", "/v1/auth/me", { headers: ofAda })).toMatchObject({ status: 200 });
    const ofBen = { ...session, "Runflow-Signed-In-As": ben.id };
    expect(await call("POST", path, { headers: ofBen, body: REASON })).toMatchObject({ status: 201 });
  });

  test("origin check: for changes only, not for reads or keys", async () => {
    const { database, baseUrl } = api();
    const foreign = { Origin: "https://elsewhere.example", "Sec-Fetch-Site": "cross-site" };
    const person = await makePerson(database.owner);
    const { Cookie } = await signIn(baseUrl, person);
    expect(await api().call("GET", "/v1/auth/me", { headers: { Cookie, ...foreign } })).toMatchObject({
      status: 200,
    });
    const key = await makeKey(database.owner, { ownerId: person.id });
    const headers = { ...key.headers, ...foreign };
    const request = { headers, body: REASON };
    expect(await api().call("POST", await makePath(), request)).toMatchObject({ status: 201 });
  });
});
