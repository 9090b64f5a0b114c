import { generateKeyPairSync, randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { callHttp } from "@/test/call-http";
import { findSessionCookie, makePerson, signIn } from "@/test/credentials";
import { type OpenIdProvider, settingsOf, startOpenIdProvider } from "@/test/openid-provider";
import { failureOf, passProvider, returnToConsole, signInAt, startAtConsole } from "@/test/provider-sign-in";
import { useApi } from "@/test/use-api";

const [provider, other]: OpenIdProvider[] = [await startOpenIdProvider(), await startOpenIdProvider()];
const api = useApi({
  OIDC_PROVIDERS: JSON.stringify([
    settingsOf(provider!),
    settingsOf(other!, { id: "other", name: "Other SSO" }),
    // It answers at this address too, but calls itself by the first one.
    settingsOf(provider!, { id: "alias", issuer: provider!.issuer.replace("localhost", "127.0.0.1") }),
  ]),
  TRUSTED_PROXIES: "1",
});

beforeAll(() => {
  provider!.addConsole(api().baseUrl, "test");
  provider!.addConsole(api().baseUrl, "alias");
  other!.addConsole(api().baseUrl, "other");
});
afterEach(() => {
  provider!.alter(undefined);
  provider!.mood = "well";
});
afterAll(() => Promise.all([provider!.close(), other!.close()]));

const account = (groups = ["support"]) => provider!.setAccount({ name: "Kim New", groups });
const attempt = (person = account()) => signInAt(api().baseUrl, provider!, person);
const me = (session: object) => api().call("GET", "/v1/auth/me", { headers: { ...session } });

async function events() {
  const { rows } = await api().database.owner.query<{ status: number; actor_name: string; detail: object }>(
    "SELECT status, actor_name, detail FROM security_events WHERE kind = 'sign_in.failed' ORDER BY occurred_at, id",
  );
  return rows;
}

test("sign-in: sends PKCE, state and nonce, and returns to the page with a session", async () => {
  const { baseUrl } = api();
  const person = account(["auditor"]);
  const started = await startAtConsole(baseUrl, { next: "/audit?ticket=%234821" });
  expect(started.url.origin).toBe(provider!.issuer);
  expect(Object.fromEntries(started.url.searchParams)).toMatchObject({
    response_type: "code",
    scope: "openid profile email",
    code_challenge_method: "S256",
    code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
    state: expect.stringMatching(/^[\w-]{43}$/) as string,
    nonce: expect.stringMatching(/^[\w-]{43}$/) as string,
    redirect_uri: `${baseUrl}/api/auth/callback/test`,
  });
  const url = await passProvider(started, person.sub);
  const reply = await returnToConsole(baseUrl, url, started.jar.header);
  expect(reply).toMatchObject({ status: 302, headers: { location: `${baseUrl}/audit?ticket=%234821` } });
  const Cookie = findSessionCookie(reply.headers["set-cookie"])!;
  expect(await me({ Cookie })).toMatchObject({
    status: 200,
    json: { name: "Kim New", email: person.email, role: "auditor", reach: { all: true } },
  });
});

test("return address of another site: not followed", async () => {
  const { baseUrl } = api();
  const started = await startAtConsole(baseUrl, { next: "https://elsewhere.example/runs" });
  const url = await passProvider(started, account().sub);
  const reply = await returnToConsole(baseUrl, url, started.jar.header);
  expect(reply.headers.location).toBe(baseUrl);
});

test("sign-in: ends the browser's previous session", async () => {
  const { baseUrl, database } = api();
  const former = await signIn(baseUrl, await makePerson(database.owner));
  const started = await startAtConsole(baseUrl);
  const url = await passProvider(started, account().sub);
  await returnToConsole(baseUrl, url, `${started.jar.header}; ${former.Cookie}`);
  expect(await me(former)).toMatchObject({ status: 401 });
});

test("role changed by group: effective at the next sign-in; removed from all groups: ended at once", async () => {
  const person = account();
  const { session: first } = await attempt(person);
  expect(await me(first!)).toMatchObject({ json: { role: "support" } });
  const { session: second } = await attempt(
    provider!.setAccount({ ...person, groups: ["support", "admin"] }),
  );
  for (const session of [first!, second!])
    expect(await me(session)).toMatchObject({ json: { role: "admin" } });
  const removed = await attempt(provider!.setAccount({ ...person, groups: [] }));
  expect(failureOf(removed)).toBe("no_access");
  expect(removed.session).toBeUndefined();
  for (const session of [first!, second!]) expect(await me(session)).toMatchObject({ status: 401 });
});

describe("refused, with a security event:", () => {
  async function expectRefused(reply: Awaited<ReturnType<typeof returnToConsole>>, failure = "invalid") {
    expect(reply.status).toBe(302);
    expect(failureOf(reply)).toBe(failure);
    expect(findSessionCookie(reply.headers["set-cookie"])).toBeUndefined();
    expect((await events()).at(-1)).toMatchObject({ detail: { failure } });
  }

  const bring = async (change: (url: URL, cookies: string) => [URL, string]) => {
    const started = await startAtConsole(api().baseUrl);
    const url = await passProvider(started, account().sub);
    return returnToConsole(api().baseUrl, ...change(url, started.jar.header));
  };

  test("another state", async () => {
    const reply = bring((url, cookies) => {
      url.searchParams.set("state", "x".repeat(43));
      return [url, cookies];
    });
    await expectRefused(await reply);
  });

  test.each(["state", "nonce", "pkce"])("no %s cookie", async (name) => {
    const drop = (cookies: string) =>
      cookies
        .split("; ")
        .filter((pair) => !pair.startsWith(`runflow-console.${name}=`))
        .join("; ");
    await expectRefused(await bring((url, cookies) => [url, drop(cookies)]));
  });

  test("the cookies of another sign-in", async () => {
    const elsewhere = await startAtConsole(api().baseUrl);
    await expectRefused(await bring((url) => [url, elsewhere.jar.header]));
  });

  test("the cookies of another provider's sign-in", async () => {
    const elsewhere = await startAtConsole(api().baseUrl, { provider: "other" });
    await expectRefused(
      await bring((url) => {
        url.searchParams.set("state", elsewhere.url.searchParams.get("state")!);
        return [url, elsewhere.jar.header];
      }),
    );
  });

  test("another code", async () => {
    const reply = bring((url, cookies) => {
      url.searchParams.set("code", "x".repeat(43));
      return [url, cookies];
    });
    await expectRefused(await reply);
  });

  test("a code that was used", async () => {
    const { baseUrl } = api();
    const started = await startAtConsole(baseUrl);
    const url = await passProvider(started, account().sub);
    const first = await returnToConsole(baseUrl, url, started.jar.header);
    expect(findSessionCookie(first.headers["set-cookie"])).toBeDefined();
    await expectRefused(await returnToConsole(baseUrl, url, started.jar.header));
  });

  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  type Alter = NonNullable<Parameters<OpenIdProvider["alter"]>[0]>;
  test.each<[string, Alter]>([
    ["without the nonce", ({ claims }) => delete claims["nonce"]],
    ["with another nonce", ({ claims }) => (claims["nonce"] = "x")],
    ["for another audience", ({ claims }) => (claims["aud"] = "someone-else")],
    [
      "for several audiences, authorized for another",
      ({ claims }) => Object.assign(claims, { aud: [claims["aud"], "someone-else"], azp: "someone-else" }),
    ],
    ["of another issuer", ({ claims }) => (claims["iss"] = "https://elsewhere.example")],
    ["without a subject", ({ claims }) => delete claims["sub"]],
    ["signed by another key", (token) => (token.privateKey = stranger)],
    ["with another algorithm", ({ header }) => (header["alg"] = "none")],
    ["with a key that doesn't exist", ({ header }) => (header["kid"] = "unknown")],
  ])("a token %s", async (_how, change) => {
    provider!.alter(change);
    await expectRefused(await attempt());
  });

  const skew =
    (seconds: number): Alter =>
    ({ claims }) => {
      for (const name of ["iat", "exp", "auth_time"])
        if (typeof claims[name] === "number") claims[name] += seconds;
    };

  test.each([-600, 600])("a provider whose clock is off by %d s", async (seconds) => {
    provider!.alter(skew(seconds));
    await expectRefused(await attempt());
  });

  test.each([-120, 120])("not so a provider whose clock is off by %d s", async (seconds) => {
    provider!.alter(skew(seconds));
    expect((await attempt()).session).toBeDefined();
  });

  test("an expired token", async () => {
    provider!.alter(({ claims }) => (claims["exp"] = Math.floor(Date.now() / 1000) - 200));
    await expectRefused(await attempt());
  });

  test("a provider that calls itself by another name", async () => {
    const { baseUrl } = api();
    const started = await startAtConsole(baseUrl, { provider: "alias" });
    const url = await passProvider(started, account().sub);
    await expectRefused(await returnToConsole(baseUrl, url, started.jar.header));
  });

  test("a person who says no at the provider", async () => {
    const { baseUrl } = api();
    const started = await startAtConsole(baseUrl);
    const url = await passProvider(started, "");
    await expectRefused(await returnToConsole(baseUrl, url, started.jar.header), "denied");
  });

  test("a person without a verified email", async () => {
    const person = provider!.setAccount({ name: "Kim", groups: ["support"], email_verified: false });
    await expectRefused(await attempt(person), "email_unverified");
    expect((await events()).at(-1)).toMatchObject({ status: 403, actor_name: "Kim" });
  });
});

test("step-up: needs a sign-in for which the provider asked for credentials", async () => {
  const { baseUrl, call } = api();
  const person = account(["admin"]);
  const invite = (session: object) =>
    call("POST", "/v1/admin/people", {
      headers: { ...session, "Content-Type": "application/json" },
      body: JSON.stringify({
        name: "Kim",
        email: `${randomUUID()}@staff.example`,
        role: "support",
        reach: { all: true },
      }),
    });
  const { session } = await attempt(person);
  expect(await invite(session!)).toMatchObject({
    status: 403,
    json: { errors: [{ type: "step_up_required" }] },
  });
  const started = await startAtConsole(baseUrl, { query: "?prompt=login&max_age=0" });
  expect(started.url.searchParams.get("prompt")).toBe("login");
  const url = await passProvider(started, person.sub);
  const reply = await returnToConsole(baseUrl, url, `${started.jar.header}; ${session!.Cookie}`);
  const fresh = { ...session!, Cookie: findSessionCookie(reply.headers["set-cookie"])! };
  expect(await invite(fresh)).toMatchObject({ status: 201 });
  expect(await me(session!)).toMatchObject({ status: 401 });
});

test("next page: kept when the sign-in fails", async () => {
  const { baseUrl } = api();
  const started = await startAtConsole(baseUrl, { next: "/audit?ticket=1" });
  const url = await passProvider(started, "");
  const { headers } = await returnToConsole(baseUrl, url, started.jar.header);
  expect(headers.location).toBe("/sign-in?next=%2Faudit%3Fticket%3D1&failure=denied&provider=test");
});

test("key rotation: the next sign-in works, as does the one after it", async () => {
  expect((await attempt()).session).toBeDefined();
  provider!.rotateKey();
  expect((await attempt()).session).toBeDefined();
  expect((await attempt()).session).toBeDefined();
});

describe("provider", () => {
  test("down when the sign-in starts: reported on our page; back: works", async () => {
    await provider!.goDown();
    const { url } = await startAtConsole(api().baseUrl);
    expect(url.href).toBe(`${api().baseUrl}/api/auth/error?error=OAuthSignin`);
    await provider!.comeBack();
    expect((await attempt()).session).toBeDefined();
  });

  test("down when the browser comes back: refused, and the sessions stay", async () => {
    const { baseUrl } = api();
    const { session } = await attempt();
    const started = await startAtConsole(baseUrl);
    const url = await passProvider(started, account().sub);
    await provider!.goDown();
    expect(failureOf(await returnToConsole(baseUrl, url, started.jar.header))).toBe("unreachable");
    await provider!.comeBack();
    expect(await me(session!)).toMatchObject({ status: 200 });
  });

  test.each(["hanging", "failing"] as const)("%s: refused within five seconds", async (mood) => {
    const started = await startAtConsole(api().baseUrl);
    const url = await passProvider(started, account().sub);
    provider!.mood = mood;
    const startedAt = Date.now();
    expect(failureOf(await returnToConsole(api().baseUrl, url, started.jar.header))).toBe("unreachable");
    expect(Date.now() - startedAt).toBeLessThan(5_000);
  });
});

test("callback without a started sign-in: doesn't call the provider, and fills no table", async () => {
  const { baseUrl } = api();
  await provider!.goDown();
  const headers = { "X-Forwarded-For": "203.0.113.77" };
  const before = (await events()).length;
  for (let n = 0; n < 60; n++) {
    const reply = await callHttp(baseUrl, "GET", "/api/auth/callback/test?code=x&state=x", { headers });
    expect(failureOf(reply)).toBe("invalid");
  }
  await provider!.comeBack();
  expect((await events()).length - before).toBe(50);
});

test("forms of other sites: can't start a sign-in", async () => {
  const headers = {
    "Content-Type": "application/x-www-form-urlencoded",
    Origin: "https://elsewhere.example",
    "Sec-Fetch-Site": "cross-site",
  };
  const reply = await callHttp(api().baseUrl, "POST", "/api/auth/signin/test", {
    headers,
    body: "json=true",
  });
  expect(reply.status).toBe(403);
});
