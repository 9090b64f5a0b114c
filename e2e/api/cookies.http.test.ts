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
import { type TestServerProcess, startServers } from "@/test/server";
import { useApi } from "@/test/use-api";

const api = useApi({ TRUSTED_PROXIES: "1" });
const SESSION = "runflow-console.session";
const statusWith = async (Cookie: string) =>
  (await api().call("GET", "/v1/auth/me", { headers: { Cookie } })).status;

describe("session cookie among others of the same name", () => {
  test.each<[string, (ours: string) => string]>([
    ["before it", (ours) => `${SESSION}=x; ${ours}`],
    ["after it", (ours) => `${ours}; ${SESSION}=x`],
    ["empty", (ours) => `${SESSION}=; ${ours}`],
    ["on both sides", (ours) => `${SESSION}=a.b.c.d.e; ${ours}; ${SESSION}=y`],
    ["in pieces", (ours) => `${SESSION}.0=x; ${SESSION}.1=y; ${ours}`],
    ["of another next-auth", (ours) => `next-auth.session-token=x; ${ours}; next-auth.csrf-token=x%7Cy`],
  ])("%s: found", async (_where, join) => {
    const { baseUrl, database } = api();
    const { Cookie } = await signIn(baseUrl, await makePerson(database.owner));
    expect(await statusWith(join(Cookie))).toBe(200);
    expect(await statusWith(join(Cookie).replaceAll(Cookie, ""))).toBe(401);
  });

  test("one has ended: the active one is found", async () => {
    const { baseUrl, database } = api();
    const person = await makePerson(database.owner);
    const [ended, alive] = [await signIn(baseUrl, person), await signIn(baseUrl, person)];
    await signOut(baseUrl, ended);
    expect(await statusWith(ended.Cookie)).toBe(401);
    expect(await statusWith(`${ended.Cookie}; ${alive.Cookie}`)).toBe(200);
  });

  test("sign-in and sign-out: succeed, and end every session of the browser", async () => {
    const { baseUrl, database } = api();
    const person = await makePerson(database.owner);
    const [one, two] = [await signIn(baseUrl, person), await signIn(baseUrl, person)];
    const twins = `${SESSION}=x; ${one.Cookie}; ${two.Cookie}; runflow-console.csrf=x; runflow-console.csrf=a%7Cb`;
    const { headers } = await submitSignIn(
      baseUrl,
      { email: person.email, password: TEST_PASSWORD },
      { Cookie: twins },
    );
    const next = findSessionCookie(headers["set-cookie"])!;
    expect(await statusWith(one.Cookie)).toBe(401);
    expect(await statusWith(two.Cookie)).toBe(401);
    expect(await statusWith(`${twins}; ${next}`)).toBe(200);
    await signOut(baseUrl, { Cookie: `${twins}; ${next}`, Origin: baseUrl, "Sec-Fetch-Site": "same-origin" });
    expect(await statusWith(next)).toBe(401);
  });
});

describe("known browser of a person", () => {
  const from = { "X-Forwarded-For": "203.0.113.77" };
  const send = (email: string, password: string, Cookie = "") =>
    submitSignIn(api().baseUrl, { email, password }, { ...from, ...(Cookie && { Cookie }) });
  const deviceIn = (setCookies: string[] = []) =>
    setCookies.find((text) => text.startsWith("runflow-console.device="));

  test("sign-in from a blocked address: allowed; strangers there wait", async () => {
    const { database } = api();
    const [person, stranger] = [await makePerson(database.owner), await makePerson(database.owner)];
    const { headers } = await send(person.email, TEST_PASSWORD);
    const given = deviceIn(headers["set-cookie"])!;
    expect(given).toMatch(/; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Lax$/);
    for (let n = 0; n < 51; n++) await send(`${randomUUID()}@nowhere.example`, "wrong");
    const device = given.split(";")[0]!;
    expect((await send(stranger.email, TEST_PASSWORD)).text).toContain("RateLimited");
    expect((await send(stranger.email, TEST_PASSWORD, device)).text).toContain("RateLimited");
    expect((await send(person.email, TEST_PASSWORD)).text).toContain("RateLimited");
    const known = await send(person.email, TEST_PASSWORD, device);
    expect(findSessionCookie(known.headers["set-cookie"])).toBeDefined();
    expect(deviceIn(known.headers["set-cookie"])).toBeDefined();
  });

  test("wrong password: doesn't make a browser known", async () => {
    const { email } = await makePerson(api().database.owner);
    const { status, headers } = await submitSignIn(api().baseUrl, { email, password: "wrong" });
    expect(status).toBe(401);
    expect(deviceIn(headers["set-cookie"])).toBeUndefined();
  });
});

describe("sign-in from another site's page", () => {
  test.each<[string, Record<string, string>]>([
    ["cross-site", { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" }],
    ["of the same site", { "Sec-Fetch-Site": "same-site" }],
    ["sandboxed", { Origin: "null" }],
  ])("%s: refused before it is counted", async (_what, headers) => {
    const { email } = await makePerson(api().database.owner);
    const reply = await submitSignIn(api().baseUrl, { email, password: TEST_PASSWORD }, headers);
    expect(reply.status).toBe(403);
    expect(JSON.parse(reply.text)).toMatchObject({ errors: [{ type: "cross_origin_request" }] });
  });

  test("duplicate field: refused", async () => {
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const body = "email=a&email=b&csrfToken=x";
    const path = "/api/auth/callback/credentials";
    const reply = await callHttp(api().baseUrl, "POST", path, { headers, body });
    expect(reply.status).toBe(422);
    expect(JSON.parse(reply.text)).toMatchObject({ errors: [{ type: "repeated", loc: ["body", "email"] }] });
  });
});

test("https: only this host can set each of our cookies", async () => {
  const { database } = api();
  const env = { NEXTAUTH_URL: "https://console.example" };
  const [server] = (await startServers({ databaseUrl: database.appUrl, env })) as [TestServerProcess];
  try {
    const { email } = await makePerson(database.owner);
    const form = await callHttp(server.baseUrl, "GET", "/api/auth/csrf");
    const { headers } = await submitSignIn(server.baseUrl, { email, password: TEST_PASSWORD });
    const cookies = [...form.headers["set-cookie"]!, ...headers["set-cookie"]!];
    const names = new Set(cookies.map((text) => text.split("=")[0]));
    expect([...names].sort()).toEqual(
      ["callback", "csrf", "device", "session"].map((name) => `__Host-runflow-console.${name}`),
    );
    for (const text of cookies) {
      expect(text).toMatch(/; Path=\/(;|$)/);
      expect(text).toMatch(/; Secure(;|$)/);
      expect(text).toMatch(/; HttpOnly(;|$)/);
      expect(text).not.toMatch(/Domain=/i);
    }
  } finally {
    await server.stop();
  }
});
