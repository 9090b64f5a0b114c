import { describe, expect, test } from "vitest";
import { callHttp } from "@/test/call-http";
import {
  findSessionCookie,
  makePerson,
  nameAndValue,
  type Person,
  type SessionHeaders,
  signIn,
  submitSignIn,
  TEST_PASSWORD,
} from "@/test/credentials";
import { codeOf, enterPassword, giveApp, giveRecoveryCode, submitForm } from "@/test/second-factor";
import { makeSoftwarePasskey } from "@/test/software-passkey";
import { type Api, type ApiReply, useApi } from "@/test/use-api";

const SETTINGS = { TRUSTED_PROXIES: "1", STEP_UP_MINUTES: "10" };
const api = useApi(SETTINGS);
const strict = useApi({ ...SETTINGS, SECOND_FACTOR: "required" });

let addresses = 0;
/** Budgets of addresses outlast a test. */
const newAddress = () => ({ "X-Forwarded-For": `203.0.113.${++addresses}` });

type Request = { headers: SessionHeaders | Record<string, string>; body?: object };
const post = (path: string, { headers, body = {} }: Request, on: () => Api = api): Promise<ApiReply> =>
  on().call("POST", path, { headers: { ...headers }, body: JSON.stringify(body) });
const refused = (status: number, type: string, loc?: string[]) => ({
  status,
  json: { errors: [{ type, ...(loc && { loc: ["body", ...loc] }) }] },
});

async function arrive(role: "support" | "admin" = "support", on: () => Api = api) {
  const person = await makePerson(on().database.owner, { role });
  return { person, headers: await signIn(on().baseUrl, person) };
}

/** Sets up an authenticator app through the API, with the code of the previous time step. */
async function setUp(headers: SessionHeaders, on: () => Api = api): Promise<string> {
  const { json } = await post("/v1/auth/factors/totp-setup", { headers }, on);
  const { setup, secret } = json as { setup: string; secret: string };
  const body = { kind: "totp", name: "Phone", setup, code: codeOf(secret, -1) };
  expect(await post("/v1/auth/factors", { headers, body }, on)).toMatchObject({ status: 201 });
  return secret;
}

/** A person with an app, which was set up long ago. */
async function protect(role: "support" | "admin" = "support") {
  const person = await makePerson(api().database.owner, { role });
  return { person, ...(await giveApp(api().database.owner, person)) };
}
const finish = (step: string, code: string, headers: Record<string, string> = {}) =>
  submitForm(api().baseUrl, "second-step", { code }, { ...headers, Cookie: step });
const sessionOf = (answer: { headers: { "set-cookie"?: string[] | undefined } }) =>
  findSessionCookie(answer.headers["set-cookie"]);

async function signInWithCode(person: Person, code: string) {
  const cookie = sessionOf(await finish(await enterPassword(api().baseUrl, person), code));
  if (!cookie) throw new Error(`${person.email} could not sign in`);
  return { Cookie: cookie, Origin: api().baseUrl, "Sec-Fetch-Site": "same-origin" };
}
const entriesOf = async ({ id }: Person) =>
  (
    await api().database.owner.query<{ action: string; meta: Record<string, unknown> }>(
      "SELECT action, meta FROM audit_entries WHERE target_id = $1 ORDER BY id",
      [id],
    )
  ).rows;
const age = ({ id }: Person) =>
  api().database.owner.query(
    "UPDATE sessions SET authenticated_at = now() - interval '1 hour' WHERE person_id = $1",
    [id],
  );

describe("authenticator app", () => {
  test("set up: the password alone gives no session, a code finishes the sign-in, once", async () => {
    const { person, headers } = await arrive();
    const elsewhere = await signIn(api().baseUrl, person);
    const secret = await setUp(headers);
    const me = (session: SessionHeaders) => api().call("GET", "/v1/auth/me", { headers: { ...session } });
    expect(await me(headers)).toMatchObject({ status: 200 });
    expect(await me(elsewhere)).toMatchObject({ status: 401 });

    const first = await submitSignIn(api().baseUrl, { email: person.email, password: TEST_PASSWORD });
    expect(sessionOf(first)).toBeUndefined();
    expect(decodeURIComponent(first.text).replaceAll("+", " ")).toContain("SecondStep totp");
    const code = codeOf(secret);
    const session = await signInWithCode(person, code);
    expect(await api().call("GET", "/v1/auth/sessions", { headers: { ...session } })).toMatchObject({
      json: { items: [{ is_current: true, authenticated_with: ["password", "totp"] }, {}] },
    });
    const again = await finish(await enterPassword(api().baseUrl, person), code);
    expect(again.text).toContain("WrongCode");
    expect(sessionOf(again)).toBeUndefined();
  });

  test("its entry and the list: no secret", async () => {
    const { person, headers } = await arrive();
    const secret = await setUp(headers);
    const list = await api().call("GET", "/v1/auth/factors", { headers: { ...headers } });
    expect(list).toMatchObject({
      json: { items: [{ kind: "totp", name: "Phone" }], recovery_codes_left: 0, is_required: false },
    });
    const entries = await entriesOf(person);
    expect(entries.map(({ action }) => action)).toEqual(["person.factor_added"]);
    expect(JSON.stringify([list.json, entries])).not.toContain(secret);
  });

  test("wrong first code, another session's setup, or a made-up one: nothing is stored", async () => {
    const [mine, theirs] = [await arrive(), await arrive()];
    const { json } = await post("/v1/auth/factors/totp-setup", mine);
    const { setup, secret } = json as { setup: string; secret: string };
    const add = (headers: SessionHeaders, more: object) =>
      post("/v1/auth/factors", {
        headers,
        body: { kind: "totp", name: "Phone", setup, code: codeOf(secret), ...more },
      });
    expect(await add(mine.headers, { code: "000000x" })).toMatchObject(refused(422, "wrong_code", ["code"]));
    expect(await add(theirs.headers, {})).toMatchObject(refused(422, "setup_expired", ["setup"]));
    expect(await add(mine.headers, { setup: "made-up" })).toMatchObject(
      refused(422, "setup_expired", ["setup"]),
    );
    expect(await add(mine.headers, { secret: "mine" })).toMatchObject(refused(422, "extra_forbidden"));
    const { rowCount } = await api().database.owner.query(
      "SELECT FROM second_factors WHERE person_id = ANY ($1)",
      [[mine.person.id, theirs.person.id]],
    );
    expect(rowCount).toBe(0);
    expect(await add(mine.headers, {})).toMatchObject({ status: 201 });
  });

  test("ten factors: no more", async () => {
    const { person, headers } = await arrive();
    for (let n = 0; n < 10; n++) await giveApp(api().database.owner, person);
    const { json } = await post("/v1/auth/factors/totp-setup", { headers });
    const { setup, secret } = json as { setup: string; secret: string };
    const body = { kind: "totp", name: "Phone", setup, code: codeOf(secret) };
    expect(await post("/v1/auth/factors", { headers, body })).toMatchObject(refused(409, "too_many_factors"));
  });

  test("rename and remove: one's own only; after the last one, the password suffices", async () => {
    const { person, headers } = await arrive();
    const { id } = await giveApp(api().database.owner, person);
    const other = await protect();
    const rename = (factorId: string, name: string) =>
      api().call("PATCH", `/v1/auth/factors/${factorId}`, {
        headers: { ...headers },
        body: JSON.stringify({ name }),
      });
    expect(await rename(id, "Old phone")).toMatchObject({ status: 200, json: { name: "Old phone" } });
    for (const factorId of [other.id, "x"]) {
      expect(await rename(factorId, "Mine")).toMatchObject({ status: 404 });
      expect(await post(`/v1/auth/factors/${factorId}/removal`, { headers })).toMatchObject({ status: 404 });
    }
    expect(await post(`/v1/auth/factors/${id}/removal`, { headers })).toMatchObject({ status: 200 });
    expect(await post(`/v1/auth/factors/${id}/removal`, { headers })).toMatchObject({ status: 404 });
    expect((await entriesOf(person)).map(({ action }) => action)).toEqual(["person.factor_removed"]);
    await signIn(api().baseUrl, person);
  });
});

describe("second step", () => {
  const expired = async (step: string, code: string) => {
    const answer = await finish(step, code);
    expect(answer.text).toContain("StepExpired");
    expect(sessionOf(answer)).toBeUndefined();
  };

  test("without the password, with a made-up cookie, or someone else's: no session", async () => {
    const { secret } = await protect();
    await expired("runflow-console.step=", codeOf(secret));
    await expired("runflow-console.step=made-up", codeOf(secret));
    const other = await protect();
    const step = await enterPassword(api().baseUrl, other.person);
    expect((await finish(step, codeOf(secret))).text).toContain("WrongCode");
    expect(sessionOf(await finish(step, codeOf(other.secret)))).toBeDefined();
  });

  test("used before, another password since, or disabled: no session", async () => {
    const { person, secret } = await protect();
    const step = await enterPassword(api().baseUrl, person);
    expect(sessionOf(await finish(step, codeOf(secret, -1)))).toBeDefined();
    await expired(step, codeOf(secret));
    const { owner } = api().database;
    const next = await enterPassword(api().baseUrl, person);
    await owner.query("UPDATE people SET password_hash = password_hash || ' ' WHERE id = $1", [person.id]);
    await expired(next, codeOf(secret, 1));
    const disabled = await protect();
    const last = await enterPassword(api().baseUrl, disabled.person);
    await owner.query("UPDATE people SET disabled_at = now() WHERE id = $1", [disabled.person.id]);
    await expired(last, codeOf(disabled.secret));
  });

  test("ten wrong codes: block the address, however often the right password comes between", async () => {
    const { person, secret } = await protect();
    const from = newAddress();
    for (let n = 0; n < 10; n++) {
      const step = await enterPassword(api().baseUrl, person, from);
      expect((await finish(step, "abcdef", from)).text).toContain("WrongCode");
    }
    const right = { email: person.email, password: TEST_PASSWORD };
    expect((await submitSignIn(api().baseUrl, right, from)).text).toContain("RateLimited");
    const elsewhere = newAddress();
    const step = await enterPassword(api().baseUrl, person, elsewhere);
    expect((await finish(step, codeOf(secret, -1), from)).text).toContain("RateLimited");
    expect(sessionOf(await finish(step, codeOf(secret), elsewhere))).toBeDefined();
    const { rows } = await api().database.owner.query(
      "SELECT detail ->> 'failure' AS failure, count(*)::int FROM security_events WHERE actor_name = $1 GROUP BY 1 ORDER BY 1",
      [person.email],
    );
    expect(rows).toEqual([
      { failure: "rate_limited", count: 1 },
      { failure: "wrong_code", count: 10 },
    ]);
  });

  test("wrong password: says nothing about the second factor", async () => {
    const { person } = await protect();
    const answer = await submitSignIn(api().baseUrl, { email: person.email, password: "wrong" });
    expect(answer.text).toContain("CredentialsSignin");
    expect(answer.headers["set-cookie"]?.some((cookie) => cookie.includes(".step="))).not.toBe(true);
  });
});

describe("recovery codes", () => {
  test("each signs in once; new ones replace the earlier ones", async () => {
    const { person, headers } = await arrive();
    expect(await post("/v1/auth/recovery-codes", { headers })).toMatchObject(refused(409, "no_factor"));
    await setUp(headers);
    const make = async () =>
      ((await post("/v1/auth/recovery-codes", { headers })).json as { codes: string[] }).codes;
    const former = await make();
    const codes = await make();
    expect(codes).toHaveLength(10);
    const attempt = async (code: string) => finish(await enterPassword(api().baseUrl, person), code);
    expect(sessionOf(await attempt(former[0]!))).toBeUndefined();
    expect(sessionOf(await attempt(codes[0]!))).toBeDefined();
    expect(sessionOf(await attempt(codes[0]!))).toBeUndefined();
    expect(await api().call("GET", "/v1/auth/factors", { headers: { ...headers } })).toMatchObject({
      json: { recovery_codes_left: 9 },
    });
    const entries = await entriesOf(person);
    expect(entries.filter(({ action }) => action === "person.recovery_codes_made")).toHaveLength(2);
    expect(JSON.stringify(entries)).not.toContain(codes[0]!);
  });
});

describe("step-up", () => {
  const REQUIRED = refused(403, "step_up_required");

  test("every change of factors needs it", async () => {
    const { person, headers } = await arrive();
    const { id } = await giveApp(api().database.owner, person);
    await age(person);
    for (const path of [
      "/v1/auth/factors/totp-setup",
      "/v1/auth/factors/passkey-setup",
      `/v1/auth/factors/${id}/removal`,
      "/v1/auth/recovery-codes",
    ])
      expect(await post(path, { headers })).toMatchObject(REQUIRED);
    const body = { kind: "totp", name: "Phone", setup: "x", code: "123456" };
    expect(await post("/v1/auth/factors", { headers, body })).toMatchObject(REQUIRED);
    expect(
      await api().call("PATCH", `/v1/auth/factors/${id}`, {
        headers: { ...headers },
        body: JSON.stringify({ name: "x" }),
      }),
    ).toMatchObject(REQUIRED);
  });

  test("with a factor: the password needs a code, and wrong codes count although the password is right", async () => {
    const { person, headers } = await arrive();
    const { secret } = await giveApp(api().database.owner, person);
    const from = { ...headers, ...newAddress() };
    const confirm = (body: object) => post("/v1/auth/step-up", { headers: from, body });
    const password = TEST_PASSWORD;
    expect(await confirm({})).toMatchObject(refused(422, "missing", ["password"]));
    expect(await confirm({ password })).toMatchObject(refused(422, "missing", ["code"]));
    expect(await confirm({ code: codeOf(secret) })).toMatchObject(refused(422, "missing", ["password"]));
    expect(await confirm({ password: "wrong", code: codeOf(secret) })).toMatchObject(
      refused(422, "wrong_password", ["password"]),
    );
    const code = codeOf(secret);
    expect(await confirm({ password, code })).toMatchObject({ status: 200 });
    expect(await confirm({ password, code })).toMatchObject(refused(422, "wrong_code", ["code"]));
    for (let n = 0; n < 9; n++)
      expect(await confirm({ password, code: "abcdef" })).toMatchObject({ status: 422 });
    expect(await confirm({ password, code: codeOf(secret, 1) })).toMatchObject({ status: 429 });
  });
});

describe("required second factor", () => {
  test("without one: nothing but its setup works, on any page or route", async () => {
    const { person, headers } = await arrive("admin", strict);
    const { baseUrl, call } = strict();
    const REQUIRED = refused(403, "second_factor_required");
    const get = (path: string) => call("GET", path, { headers: { ...headers } });
    for (const path of ["/v1/admin/runs", "/v1/admin/people", "/v1/admin/audit-log/stream", "/v1/runs"])
      expect(await get(path)).toMatchObject(REQUIRED);
    const body = { current_password: TEST_PASSWORD, new_password: "four words, and a comma" };
    expect(await post("/v1/auth/password-change", { headers, body }, strict)).toMatchObject(REQUIRED);
    for (const path of ["/runs", "/", "/people", "/account"]) {
      const page = await callHttp(baseUrl, "GET", path, { headers: { Cookie: headers.Cookie } });
      expect(page.headers["location"] ?? page.text).toContain("/second-factor?next=");
      expect(page.text).not.toContain(person.email);
    }
    await setUp(headers, strict);
    expect(await get("/v1/admin/runs")).toMatchObject({ status: 200 });
    const { json } = await get("/v1/auth/factors");
    const [factor] = (json as { items: { id: string }[] }).items;
    const removal = `/v1/auth/factors/${factor!.id}/removal`;
    expect(await post(removal, { headers }, strict)).toMatchObject(refused(409, "last_factor"));
    await giveApp(strict().database.owner, person);
    expect(await post(removal, { headers }, strict)).toMatchObject({ status: 200 });
  });
});

describe("reset by an admin", () => {
  test("removes factors and codes, ends the sessions, once; the password then suffices", async () => {
    const { headers } = await arrive("admin");
    const { person, secret } = await protect();
    await giveRecoveryCode(api().database.owner, person, "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF");
    const session = await signInWithCode(person, codeOf(secret));
    const reset = () => post(`/v1/admin/people/${person.id}/factor-reset`, { headers });
    expect(await reset()).toMatchObject({ status: 201, json: { has_second_factor: false } });
    expect(await reset()).toMatchObject({ status: 200 });
    expect(await api().call("GET", "/v1/auth/me", { headers: session })).toMatchObject({ status: 401 });
    const entries = await entriesOf(person);
    expect(entries).toMatchObject([
      { action: "person.factor_removed", meta: { is_reset: true, factors: [{ name: "Phone" }] } },
    ]);
    await signIn(api().baseUrl, person);
  });

  test("one's own, or without the permission: refused", async () => {
    const { person, headers } = await arrive("admin");
    const own = await post(`/v1/admin/people/${person.id}/factor-reset`, { headers });
    expect(own).toMatchObject(refused(409, "self_action_forbidden"));
    const support = await arrive();
    const theirs = await post(`/v1/admin/people/${person.id}/factor-reset`, support);
    expect(theirs).toMatchObject(refused(403, "permission_required"));
  });
});

describe("passkey", () => {
  const cookieOf = (answer: { headers: { "set-cookie"?: string[] | undefined } }) =>
    nameAndValue(answer.headers["set-cookie"]!.find((cookie) => cookie.includes(".challenge="))!);
  const challengeOf = ({ json }: ApiReply) => (json as { options: { challenge: string } }).options.challenge;

  const askFor = async (path: string, headers: Record<string, string>) => {
    const answer = await post(path, { headers: { "Content-Type": "application/json", ...headers } });
    expect(answer).toMatchObject({ status: 200 });
    return { challenge: challengeOf(answer), cookie: cookieOf(answer) };
  };
  const challenge = () => askFor("/v1/auth/passkey-challenges", {});

  async function register(headers: SessionHeaders, passkey = makeSoftwarePasskey(), flags = {}) {
    const asked = await askFor("/v1/auth/factors/passkey-setup", { ...headers });
    const response = passkey.register(asked.challenge, { origin: api().baseUrl, ...flags });
    const Cookie = `${headers.Cookie}; ${asked.cookie}`;
    const body = { kind: "passkey", name: "Key", response };
    const send = () => post("/v1/auth/factors", { headers: { ...headers, Cookie }, body });
    return { passkey, answer: await send(), send };
  }
  const submit = (response: object, cookie: string) =>
    submitForm(
      api().baseUrl,
      "passkey",
      { response: JSON.stringify(response) },
      { ...newAddress(), Cookie: cookie },
    );

  test("signs in alone, once per challenge, with its own proof in the session", async () => {
    const { person, headers } = await arrive();
    const { passkey, answer } = await register(headers);
    expect(answer).toMatchObject({ status: 201, json: { kind: "passkey", name: "Key" } });
    const first = await submitSignIn(api().baseUrl, { email: person.email, password: TEST_PASSWORD });
    expect(decodeURIComponent(first.text).replaceAll("+", " ")).toContain("SecondStep passkey");

    const asked = await challenge();
    const signed = passkey.sign(asked.challenge, { origin: api().baseUrl, counter: 1 });
    const done = await submit(signed, asked.cookie);
    const Cookie = sessionOf(done)!;
    expect(await api().call("GET", "/v1/auth/sessions", { headers: { Cookie } })).toMatchObject({
      json: { items: [{ is_current: true, authenticated_with: ["passkey"] }, {}] },
    });
    // The same again, and by many at once.
    const again = await Promise.all(Array.from({ length: 10 }, () => submit(signed, asked.cookie)));
    for (const each of again) expect(sessionOf(each)).toBeUndefined();
  });

  test("another challenge, origin or host, without verification, or a counter that stood still: refused", async () => {
    const { headers } = await arrive();
    const { passkey } = await register(headers);
    const origin = api().baseUrl;
    const attempt = async (flags: Partial<Parameters<typeof passkey.sign>[1]>, made?: string) => {
      const asked = await challenge();
      return submit(passkey.sign(made ?? asked.challenge, { origin, ...flags }), asked.cookie);
    };
    expect(sessionOf(await attempt({ counter: 5 }))).toBeDefined();
    for (const flags of [
      { origin: "https://elsewhere.example" },
      { rpId: "elsewhere.example" },
      { isVerified: false },
      { counter: 5 },
      { counter: 4 },
    ]) {
      const answer = await attempt({ counter: 6, ...flags });
      expect(answer.text).toContain("WrongPasskey");
      expect(sessionOf(answer)).toBeUndefined();
    }
    expect(sessionOf(await attempt({ counter: 7 }, (await challenge()).challenge))).toBeUndefined();
    expect(sessionOf(await attempt({ counter: 8 }))).toBeDefined();
  });

  test("unknown, removed or malformed: refused alike", async () => {
    const { person, headers } = await arrive();
    const { passkey } = await register(headers);
    await api().database.owner.query(
      "UPDATE second_factors SET removed_at = now(), public_key = NULL WHERE person_id = $1",
      [person.id],
    );
    const asked = await challenge();
    const flags = { origin: api().baseUrl, counter: 1 };
    const signed = passkey.sign(asked.challenge, flags);
    const unknown = makeSoftwarePasskey().sign(asked.challenge, flags);
    const { response: _without, ...incomplete } = signed;
    for (const [response, cookie] of [
      [signed, asked.cookie],
      [unknown, (await challenge()).cookie],
      [incomplete, asked.cookie],
      [signed, ""],
    ] as const)
      expect((await submit(response, cookie)).text).toContain("WrongPasskey");
  });

  test("registration: without verification, with another challenge, twice, or in another session: refused", async () => {
    const { headers } = await arrive();
    const wrong = refused(422, "wrong_passkey", ["response"]);
    expect((await register(headers, undefined, { isVerified: false })).answer).toMatchObject(wrong);
    expect(
      (await register(headers, undefined, { origin: "https://elsewhere.example" })).answer,
    ).toMatchObject(wrong);
    const right = await register(headers);
    expect(right.answer).toMatchObject({ status: 201 });
    expect(await right.send()).toMatchObject(wrong);
    const other = await arrive();
    const asked = await askFor("/v1/auth/factors/passkey-setup", { ...headers });
    const response = makeSoftwarePasskey().register(asked.challenge, { origin: api().baseUrl });
    const Cookie = `${other.headers.Cookie}; ${asked.cookie}`;
    const body = { kind: "passkey", name: "Key", response };
    expect(await post("/v1/auth/factors", { headers: { ...other.headers, Cookie }, body })).toMatchObject(
      wrong,
    );
  });

  test("step-up: with one's own; someone else's is refused", async () => {
    const [mine, theirs] = [await arrive(), await arrive()];
    const own = (await register(mine.headers)).passkey;
    const foreign = (await register(theirs.headers)).passkey;
    await age(mine.person);
    const confirm = async (passkey: typeof own) => {
      const asked = await challenge();
      const signed = passkey.sign(asked.challenge, { origin: api().baseUrl, counter: 9 });
      const headers = { ...mine.headers, Cookie: `${mine.headers.Cookie}; ${asked.cookie}` };
      return post("/v1/auth/step-up", { headers, body: { passkey: signed } });
    };
    expect(await confirm(foreign)).toMatchObject(refused(422, "wrong_passkey", ["passkey"]));
    expect(await post("/v1/auth/recovery-codes", mine)).toMatchObject({ status: 403 });
    expect(await confirm(own)).toMatchObject({ status: 200 });
    expect(await post("/v1/auth/recovery-codes", mine)).toMatchObject({ status: 201 });
  });
});
