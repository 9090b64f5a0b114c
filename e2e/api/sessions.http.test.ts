import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Reply } from "@/test/call-http";
import {
  findSessionCookie,
  makeKey,
  makePerson,
  signIn,
  signOut,
  submitSignIn,
  TEST_PASSWORD,
} from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { expectRefusal, readSecurityEvents } from "@/test/refusal";
import { useApi } from "@/test/use-api";

const api = useApi();
const callMe = (headers: object) => api().call("GET", "/v1/auth/me", { headers: { ...headers } });

async function newEvents(act: () => Promise<unknown>) {
  const { owner } = api().database;
  const before = await readSecurityEvents(owner);
  await act();
  return (await readSecurityEvents(owner)).slice(before.length);
}

describe("sign-in", () => {
  test("cookie: unreadable for scripts, and opaque", async () => {
    const { database, baseUrl } = api();
    const person = await makePerson(database.owner);
    const { headers } = await submitSignIn(baseUrl, { email: person.email, password: TEST_PASSWORD });
    const cookie = headers["set-cookie"]!.find((text) => text.startsWith("runflow-console.session="))!;
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Lax/i);
    const value = cookie.split(";")[0]!.split("=")[1]!;
    // Five parts are an encrypted token; the first one only names the algorithm.
    expect(value.split(".")).toHaveLength(5);
    const readable = value.split(".").map((part) => Buffer.from(part, "base64url").toString("latin1"));
    for (const secret of [person.id, person.email, person.name])
      expect(readable.join()).not.toContain(secret);
  });

  test("email address in any case, with surrounding spaces: accepted", async () => {
    const { database, baseUrl } = api();
    const person = await makePerson(database.owner);
    const headers = await signIn(baseUrl, { email: ` ${person.email.toUpperCase()} ` });
    expect(await callMe(headers)).toMatchObject({ status: 200, json: { id: person.id } });
  });

  test("success: no security event", async () => {
    const { database, baseUrl } = api();
    const person = await makePerson(database.owner);
    expect(await newEvents(() => signIn(baseUrl, person))).toEqual([]);
  });

  test("wrong password, unknown address or disabled person: the same failure, with an event", async () => {
    const { database, baseUrl } = api();
    const person = await makePerson(database.owner);
    const disabled = await makePerson(database.owner, { isDisabled: true });
    const attempts = [
      { email: person.email, password: `${TEST_PASSWORD}!` },
      { email: `${randomUUID()}@nowhere.example`, password: TEST_PASSWORD },
      { email: disabled.email, password: TEST_PASSWORD },
    ];
    const answers: Reply[] = [];
    for (const attempt of attempts) {
      const events = await newEvents(async () => answers.push(await submitSignIn(baseUrl, attempt)));
      expect(events).toEqual([
        expect.objectContaining({
          kind: "sign_in.failed",
          status: 401,
          code: "UNAUTHORIZED",
          actor_id: null,
          actor_name: attempt.email,
          ip: "127.0.0.1",
          request_id: expect.stringMatching(/^req_/),
        }),
      ]);
      expect(JSON.stringify(events)).not.toContain(attempt.password);
    }
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]!.status).toBe(401);
    for (const { headers } of answers) expect(findSessionCookie(headers["set-cookie"])).toBeUndefined();
  });

  test("customer: refused", async () => {
    const { baseUrl, fixture } = api();
    const { email } = fixture.customer.person;
    const { headers } = await submitSignIn(baseUrl, { email, password: TEST_PASSWORD });
    expect(findSessionCookie(headers["set-cookie"])).toBeUndefined();
  });

  test.each(["\0", "ada\0@staff.example", "\ud800", "x".repeat(320)])(
    "an email like %j: fails, and is recorded",
    async (email) => {
      const { baseUrl } = api();
      const events = await newEvents(async () => {
        const { status, text } = await submitSignIn(baseUrl, { email, password: "wrong" });
        expect(status).toBe(401);
        expect(text).toContain("CredentialsSignin");
        expect(text).not.toMatch(/prisma|invalid byte/i);
      });
      expect(events).toEqual([expect.objectContaining({ kind: "sign_in.failed", code: "UNAUTHORIZED" })]);
    },
  );

  test("missing CSRF token: refused", async () => {
    const { database, baseUrl } = api();
    const person = await makePerson(database.owner);
    const body = new URLSearchParams({
      email: person.email,
      password: TEST_PASSWORD,
      csrfToken: "x",
      json: "true",
    });
    const answer = await fetch(`${baseUrl}/api/auth/callback/credentials`, {
      method: "POST",
      body,
      redirect: "manual",
    });
    expect(findSessionCookie(answer.headers.getSetCookie())).toBeUndefined();
  });

  test("ten failures from one address: blocked even with the right password; other addresses aren't", async () => {
    const { database, baseUrl } = api();
    const person = await makePerson(database.owner);
    const wrong = { email: person.email, password: "wrong" };
    for (let failed = 0; failed < 10; failed++)
      expect(await submitSignIn(baseUrl, wrong)).toMatchObject({ status: 401 });
    const events = await newEvents(async () => {
      const right = await submitSignIn(baseUrl, { email: person.email, password: TEST_PASSWORD });
      expect(findSessionCookie(right.headers["set-cookie"])).toBeUndefined();
      expect(right.text).toContain("RateLimited");
    });
    expect(events).toEqual([
      expect.objectContaining({
        kind: "sign_in.failed",
        status: 429,
        code: "RATE_LIMITED",
        actor_name: person.email,
      }),
    ]);
    expect(await signIn(baseUrl, await makePerson(database.owner))).toHaveProperty("Cookie");
  });
});

describe("session", () => {
  test("sign-out: ends it for copies of its cookie too", async () => {
    const { database, baseUrl } = api();
    const person = await makePerson(database.owner);
    const session = await signIn(baseUrl, person);
    const elsewhere = await signIn(baseUrl, person);
    const copy = { ...session };
    expect(await callMe(copy)).toMatchObject({ status: 200 });

    const { headers } = await signOut(baseUrl, session);
    expect(findSessionCookie(headers["set-cookie"])).toBeUndefined();
    expect(headers["set-cookie"]!.join()).toContain("runflow-console.session=;");

    expect(await callMe(copy)).toMatchObject({ status: 401 });
    const path = `/v1/admin/runs/${await makeRun(database.owner, api().fixture)}/cancellation`;
    const unauthorized = { status: 401, code: "UNAUTHORIZED", error: null, actorId: null };
    await expectRefusal(api(), { path, headers: copy }, unauthorized);
    // The person's other browser stays signed in.
    expect(await callMe(elsewhere)).toMatchObject({ status: 200 });
  });

  test("expiry: ends it", async () => {
    const { database, baseUrl } = api();
    const person = await makePerson(database.owner);
    const session = await signIn(baseUrl, person);
    await database.owner.query(
      `UPDATE sessions SET created_at = now() - interval '12 hours', expires_at = now() - interval '1 ms'
       WHERE person_id = $1`,
      [person.id],
    );
    expect(await callMe(session)).toMatchObject({ status: 401 });
  });

  test("person disabled, or role or reach reduced: effective with the next request", async () => {
    const { database, baseUrl, fixture, otherScene, call } = api();
    const { owner } = database;
    const person = await makePerson(owner, { role: "admin" });
    await makePerson(owner, { role: "admin" }); // The last admin can't be removed.
    const session = { ...(await signIn(baseUrl, person)) };
    const cancel = async (of = fixture) =>
      call("POST", `/v1/admin/runs/${await makeRun(owner, of)}/cancellation`, {
        headers: session,
        body: '{"reason":"Ticket #4821"}',
      });
    expect(await cancel()).toMatchObject({ status: 201 });

    await owner.query("UPDATE people SET reaches_all_orgs = false WHERE id = $1", [person.id]);
    expect(await cancel()).toMatchObject({ status: 404 });
    await owner.query("INSERT INTO person_reach (person_id, org_id) VALUES ($1, $2)", [
      person.id,
      fixture.orgId,
    ]);
    expect(await cancel()).toMatchObject({ status: 201 });
    expect(await cancel(otherScene)).toMatchObject({ status: 404 });

    await owner.query("UPDATE people SET role = 'auditor' WHERE id = $1", [person.id]);
    expect(await cancel()).toMatchObject({ status: 403, json: { code: "PERMISSION_DENIED" } });
    await owner.query("UPDATE people SET email_verified_at = NULL WHERE id = $1", [person.id]);
    expect(await cancel()).toMatchObject({ status: 403, json: { code: "EMAIL_NOT_VERIFIED" } });
    await owner.query("UPDATE people SET disabled_at = now() WHERE id = $1", [person.id]);
    expect(await cancel()).toMatchObject({ status: 401 });
    await owner.query(
      "UPDATE people SET disabled_at = NULL, email_verified_at = now(), role = 'support' WHERE id = $1",
      [person.id],
    );
    expect(await cancel()).toMatchObject({ status: 201 });
  });
});

describe("/auth/me", () => {
  test("person: name, role and permissions", async () => {
    const { database, baseUrl, fixture } = api();
    const person = await makePerson(database.owner, { role: "support", orgIds: [fixture.orgId] });
    const { json } = await callMe(await signIn(baseUrl, person));
    expect(json).toEqual({
      kind: "session",
      id: person.id,
      name: person.name,
      email: person.email,
      key_prefix: null,
      owner: { id: person.id, name: person.name, email: person.email },
      role: "support",
      scopes: null,
      permissions: expect.arrayContaining(["runs.read", "runs.cancel", "audit.read"]),
      reach: { all: false, org_ids: [fixture.orgId] },
    });
  });

  test("service key: its owner and scopes", async () => {
    const { database } = api();
    const person = await makePerson(database.owner);
    const key = await makeKey(database.owner, { ownerId: person.id, scopes: ["admin", "runs.cancel"] });
    const { json } = await callMe(key.headers);
    expect(json).toEqual({
      kind: "service_key",
      id: key.id,
      name: key.name,
      email: person.email,
      key_prefix: key.prefix,
      owner: { id: person.id, name: person.name, email: person.email },
      role: null,
      scopes: ["admin", "runs.cancel"],
      permissions: ["runs.cancel"],
      reach: { all: true, org_ids: null },
    });
  });

  test("service key without the admin scope: identified, though not an admin", async () => {
    const { database } = api();
    const key = await makeKey(database.owner, { ownerId: (await makePerson(database.owner)).id, scopes: [] });
    expect(await callMe(key.headers)).toMatchObject({ status: 200, json: { scopes: [], permissions: [] } });
  });

  test("inference key: identified", async () => {
    const { database, fixture } = api();
    const key = await makeKey(database.owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId });
    expect((await callMe(key.headers)).json).toMatchObject({
      kind: "inference_key",
      id: key.id,
      key_prefix: key.prefix,
      owner: { id: fixture.customer.person.id },
      role: null,
      scopes: null,
      permissions: ["runs.read", "runs.create", "webhooks.manage", "deliveries.redeliver", "billing.read"],
      reach: { all: false, org_ids: [fixture.orgId] },
    });
  });

  test("key's secret: not in the answer, the database or the log", async () => {
    const { database, server } = api();
    const key = await makeKey(database.owner, { ownerId: (await makePerson(database.owner)).id });
    const { text } = await callMe(key.headers);
    expect(text).not.toContain(key.text);
    const { rows } = await database.owner.query("SELECT k::text FROM api_keys k WHERE id = $1", [key.id]);
    expect(JSON.stringify(rows)).not.toContain(key.text);
    expect(server.output()).not.toContain(key.text);
  });

  test("no credential: refused; outside /v1/admin without a security event", async () => {
    const unauthorized = { status: 401, code: "UNAUTHORIZED", error: null };
    await expectRefusal(api(), { method: "GET", path: "/v1/auth/me" }, unauthorized);
  });
});
