import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { callHttp } from "@/test/call-http";
import {
  findSessionCookie,
  makePerson,
  signIn,
  signOut,
  submitSignIn,
  TEST_PASSWORD,
} from "@/test/credentials";
import { useApi } from "@/test/use-api";

// Behind a proxy, so that tests can use several addresses.
const api = useApi({ TRUSTED_PROXIES: "1" });
const FORM = { "Content-Type": "application/x-www-form-urlencoded" };
const post = (path: string, request: object) => callHttp(api().baseUrl, "POST", `/api/auth/${path}`, request);

test("wrong passwords from a stranger: block the stranger, not the person", async () => {
  const { baseUrl, database } = api();
  const { email } = await makePerson(database.owner);
  const from = (address: string) => ({ "X-Forwarded-For": address });
  const wrong = { email, password: "wrong" };
  for (let failed = 0; failed < 10; failed++)
    expect((await submitSignIn(baseUrl, wrong, from("203.0.113.6"))).text).toContain("CredentialsSignin");
  const right = { email, password: TEST_PASSWORD };
  expect((await submitSignIn(baseUrl, right, from("203.0.113.6"))).text).toContain("RateLimited");
  const { headers } = await submitSignIn(baseUrl, right, from("203.0.113.7"));
  expect(findSessionCookie(headers["set-cookie"])).toBeDefined();
});

test("sign-in: ends the browser's previous session and no other", async () => {
  const { baseUrl, database, call } = api();
  const [first, second] = [await makePerson(database.owner), await makePerson(database.owner)];
  const former = await signIn(baseUrl, first);
  const elsewhere = await signIn(baseUrl, first);
  const failed = await submitSignIn(
    baseUrl,
    { email: second.email, password: "wrong" },
    { Cookie: former.Cookie },
  );
  expect(failed.status).toBe(401);
  expect(await call("GET", "/v1/auth/me", { headers: { ...former } })).toMatchObject({ status: 200 });

  const right = { email: second.email, password: TEST_PASSWORD };
  const { headers } = await submitSignIn(baseUrl, right, { Cookie: former.Cookie });
  const session = { ...former, Cookie: findSessionCookie(headers["set-cookie"])! };
  expect(await call("GET", "/v1/auth/me", { headers: session })).toMatchObject({ json: { id: second.id } });
  expect(await call("GET", "/v1/auth/me", { headers: { ...former } })).toMatchObject({ status: 401 });
  expect(await call("GET", "/v1/auth/me", { headers: { ...elsewhere } })).toMatchObject({ status: 200 });
});

test("sign-out without a CSRF token: ends nothing", async () => {
  const { baseUrl, database, call } = api();
  const session = await signIn(baseUrl, await makePerson(database.owner));
  const forged = { headers: { ...FORM, Cookie: session.Cookie }, body: "csrfToken=x&json=true" };
  expect((await post("signout", forged)).headers).not.toHaveProperty("clear-site-data");
  expect((await callHttp(baseUrl, "GET", "/api/auth/signout", { headers: { ...session } })).status).toBe(404);
  expect(await call("GET", "/v1/auth/me", { headers: { ...session } })).toMatchObject({ status: 200 });
  expect((await signOut(baseUrl, session)).headers).toHaveProperty("clear-site-data", '"storage"');
  expect(await call("GET", "/v1/auth/me", { headers: { ...session } })).toMatchObject({ status: 401 });
});

describe("sign-in request body", () => {
  const large = `password=${"x".repeat(64 * 1024)}`;

  test.each(["callback/credentials", "signout", "signin/credentials"])(
    "to %s: at most 64 KiB",
    async (path) => {
      for (const isChunked of [false, true]) {
        const { status, text } = await post(path, { headers: FORM, body: large, isChunked });
        expect(status).toBe(413);
        expect(JSON.parse(text)).toMatchObject({ code: "PAYLOAD_TOO_LARGE" });
      }
    },
  );

  test("too long by its Content-Length: refused before it arrives", async () => {
    const headers = { ...FORM, "Content-Length": String(10 ** 12), Connection: "close" };
    expect((await post("callback/credentials", { headers })).status).toBe(413);
  });

  test.each(["{", "{}", '{"csrfToken":{}}'])("%s: refused, since it isn't a form", async (body) => {
    const headers = { "Content-Type": "application/json" };
    expect(await post("callback/credentials", { headers, body })).toMatchObject({ status: 400 });
  });
});

test("log injection from outside: impossible", async () => {
  const mark = randomUUID();
  const body = `level=error&code=${mark}&message=${mark}`;
  expect(await post("_log", { headers: FORM, body })).toMatchObject({ status: 404 });
  expect(await callHttp(api().baseUrl, "GET", "/api/auth/_log")).toMatchObject({ status: 404 });
  expect(api().server.output()).not.toContain(mark);
});
