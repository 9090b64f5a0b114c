import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { signProviderEvent } from "@/lib/runs/provider-signature";
import { callHttp } from "@/test/call-http";
import {
  findSessionCookie,
  makeKey,
  makePerson,
  nameAndValue,
  type Person,
  type SessionHeaders,
  signIn,
  TEST_PASSWORD,
} from "@/test/credentials";
import { useDatabase } from "@/test/database";
import { makeRun, seedFixture } from "@/test/fixture";
import { onServer, testServer } from "@/test/postgres";
import { startServers, type TestServerProcess } from "@/test/server";

const database = useDatabase();
const [OLD, NEW] = ["old-secret-for-tests-0123456789-abcdef", "new-secret-for-tests-0123456789-abcdef"];
const servers: TestServerProcess[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));

async function serve(env: Record<string, string>, databaseUrl = database().appUrl): Promise<string> {
  const [server] = await startServers({ databaseUrl, env });
  servers.push(server!);
  return server!.baseUrl;
}

/** Both steps of a sign-in, each at another process. */
async function signInAcross(first: string, second: string, { email }: Person): Promise<string | undefined> {
  const form = await callHttp(first, "GET", "/api/auth/csrf");
  const { csrfToken } = JSON.parse(form.text) as { csrfToken: string };
  const answer = await callHttp(second, "POST", "/api/auth/callback/credentials", {
    headers: {
      Cookie: form.headers["set-cookie"]!.map(nameAndValue).join("; "),
      "Content-Type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({ csrfToken, email, password: TEST_PASSWORD, json: "true" }).toString(),
  });
  return findSessionCookie(answer.headers["set-cookie"]);
}

const useSession = async (baseUrl: string, { Cookie }: Pick<SessionHeaders, "Cookie">): Promise<number> =>
  (await callHttp(baseUrl, "GET", "/v1/auth/me", { headers: { Cookie } })).status;

test("session secret: with both during the rotation nobody signs in again; without the old one everybody does", async () => {
  const person = await makePerson(database().owner);
  const before = await serve({ NEXTAUTH_SECRET: OLD });
  const during = await serve({ NEXTAUTH_SECRET: `${NEW},${OLD}` });
  const after = await serve({ NEXTAUTH_SECRET: NEW });
  const session = await signIn(before, person);
  expect(await Promise.all([before, during, after].map((each) => useSession(each, session)))).toEqual([
    200, 200, 401,
  ]);
  const renewed = await signIn(during, person);
  expect(await Promise.all([during, after].map((each) => useSession(each, renewed)))).toEqual([200, 200]);

  // A sign-in that began before the rotation ends after it, with a session that outlives the old secret.
  const Cookie = (await signInAcross(before, during, person))!;
  expect(await Promise.all([during, after].map((each) => useSession(each, { Cookie })))).toEqual([200, 200]);
  expect(await signInAcross(before, after, person)).toBeUndefined();
});

test("cursor secret: a page from before continues while both are set", async () => {
  const { owner } = database();
  const fixture = await seedFixture(owner);
  for (let count = 0; count < 3; count++) await makeRun(owner, fixture);
  const { id: ownerId } = await makePerson(owner, { role: "admin" });
  const { headers } = await makeKey(owner, { ownerId });
  const before = await serve({ CURSOR_SECRET: OLD });
  const list = async (baseUrl: string, pq = "") =>
    callHttp(baseUrl, "GET", `/v1/admin/runs?limit=1${pq && `&pq=${pq}`}`, { headers });
  const { next } = JSON.parse((await list(before)).text) as { next: string };
  expect(next).toMatch(/./);
  expect((await list(await serve({ CURSOR_SECRET: `${NEW},${OLD}` }), next)).status).toBe(200);
  expect((await list(await serve({ CURSOR_SECRET: NEW }), next)).status).toBe(422);
});

test("provider's secret: events signed with either one are accepted while both are set", async () => {
  const { owner } = database();
  const fixture = await seedFixture(owner);
  const report = async (baseUrl: string, secret: string) => {
    const runId = await makeRun(owner, fixture);
    const event = { event_id: randomUUID(), status_code: "failed", occurred_at: new Date().toISOString() };
    const body = JSON.stringify(event);
    const headers = { "Runflow-Signature": signProviderEvent(secret, body) };
    return (await callHttp(baseUrl, "POST", `/v1/provider/runs/${runId}/events`, { headers, body })).status;
  };
  const during = await serve({ PROVIDER_SECRETS: `${NEW},${OLD}` });
  const after = await serve({ PROVIDER_SECRETS: NEW });
  expect([await report(during, OLD), await report(during, NEW)]).toEqual([200, 200]);
  expect([await report(after, OLD), await report(after, NEW)]).toEqual([401, 200]);
});

test("database password: a second login takes over, then the first one can go", async () => {
  const { ownerUrl, appUrl } = database();
  const second = `${testServer().webRole}_second`;
  await onServer(ownerUrl, `CREATE ROLE ${second} LOGIN PASSWORD 'another' IN ROLE console_web`);
  try {
    const url = Object.assign(new URL(appUrl), { username: second, password: "another" });
    const baseUrls = [await serve({}), await serve({}, url.href)];
    const readiness = baseUrls.map(async (each) => (await fetch(`${each}/v1/readiness`)).status);
    expect(await Promise.all(readiness)).toEqual([200, 200]);
    url.password = "wrong";
    await expect(serve({}, url.href)).rejects.toThrow(/password is wrong/);
  } finally {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
    await onServer(ownerUrl, `DROP ROLE ${second}`);
  }
});
