import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { endSession } from "@/lib/identity/end-session";
import { findSessionCaller } from "@/lib/identity/find-session-caller";
import { type OidcProvider, OidcProviders } from "@/lib/platform/env/oidc-providers";
import { useDatabase } from "@/test/database";
import { TEST_CONTEXT } from "@/test/fixture";
import { type OpenIdProvider, settingsOf, startOpenIdProvider } from "@/test/openid-provider";
import { takeRefreshToken } from "@/test/provider-sign-in";
import { recheckSession } from "./recheck-session";
import { openRefreshToken, sealRefreshToken } from "./seal-refresh-token";
import { signInWithProvider } from "./sign-in-with-provider";

const { providers } = vi.hoisted(() => ({ providers: [] as OidcProvider[] }));
vi.mock("@/lib/platform/env/env", () => ({
  env: () => ({
    OIDC_PROVIDERS: providers,
    BREAK_GLASS_EMAILS: ["break.glass@company.example"],
    NEXTAUTH_SECRET: "the secret of this test, long enough",
    SSO_CHECK_MINUTES: 15,
    SSO_GRACE_MINUTES: 60,
    SESSION_HOURS: 12,
    STEP_UP_MINUTES: 10,
    SESSION_IDLE_MINUTES: 720,
  }),
}));

const CONSOLE = "http://127.0.0.1:9";
const database = useDatabase();
let provider: OpenIdProvider;

beforeAll(async () => {
  provider = await startOpenIdProvider();
  provider.addConsole(CONSOLE);
  providers.push(...OidcProviders.parse(JSON.stringify([settingsOf(provider)])));
});
afterEach(() => {
  provider.mood = "well";
});
afterAll(() => provider.close());

/** A session of a new person, whom the provider last vouched for some minutes ago. */
async function start(minutes: number, { hasToken = true } = {}) {
  const person = provider.setAccount({ name: "Kim New", groups: ["support"] });
  const refreshToken = hasToken ? await takeRefreshToken(provider, CONSOLE, person.sub) : undefined;
  const account = { subject: person.sub, name: person.name, email: person.email, groups: ["support"] };
  const result = await signInWithProvider(database().db, {
    provider: providers[0]!,
    account,
    refreshToken,
    context: TEST_CONTEXT,
    formerSessionIds: [],
  });
  const { sessionId } = result as { sessionId: string };
  await age(sessionId, minutes);
  return { person, sessionId };
}

const age = (sessionId: string, minutes: number) =>
  database().owner.query(
    `UPDATE session_checks SET checked_at = checked_at - $2 * interval '1 minute',
       attempted_at = attempted_at - $2 * interval '1 minute' WHERE session_id = $1`,
    [sessionId, minutes],
  );
const find = (sessionId: string) => findSessionCaller(database().db, sessionId, recheckSession);

async function checkOf(sessionId: string) {
  const { rows } = await database().owner.query<{
    token: Buffer | null;
    is_fresh: boolean;
    is_free: boolean;
    ended_at: Date | null;
    cause: string | null;
  }>(
    `SELECT c.refresh_token AS token, c.checked_at > now() - interval '1 minute' AS is_fresh,
       c.checking_until IS NULL AS is_free, s.ended_at, (SELECT e.meta ->> 'cause' FROM audit_entries e
         WHERE e.target_id = s.id AND e.action = 'session.ended') AS cause
     FROM session_checks c JOIN sessions s ON s.id = c.session_id WHERE s.id = $1`,
    [sessionId],
  );
  return rows[0]!;
}

test("due: the person's current groups apply to this request", async () => {
  const { person, sessionId } = await start(16);
  provider.setAccount({ ...person, groups: ["admin"] });
  expect(await find(sessionId)).toMatchObject({ actor: { role: "admin" } });
  expect(await checkOf(sessionId)).toMatchObject({ is_fresh: true, is_free: true, ended_at: null });
  const { rows } = await database().owner.query(
    "SELECT action, actor_type, source FROM audit_entries WHERE target_label = $1 AND target_type = 'person' ORDER BY id",
    [person.email],
  );
  expect(rows.at(-1)).toEqual({ action: "person.updated", actor_type: "system", source: "system" });
  await age(sessionId, 16);
  provider.setAccount({ ...person, groups: ["auditor"] });
  expect(await find(sessionId)).toMatchObject({ actor: { role: "auditor" } });
});

test("not due: the provider isn't asked", async () => {
  const { person, sessionId } = await start(14);
  const before = provider.tokenRequests;
  provider.setAccount({ ...person, groups: ["admin"] });
  expect(await find(sessionId)).toMatchObject({ actor: { role: "support" } });
  expect(provider.tokenRequests).toBe(before);
});

test.each([16, 61])("due since %d minutes, many requests at once: one asks, all get in", async (minutes) => {
  const { sessionId } = await start(minutes);
  const before = provider.tokenRequests;
  const callers = await Promise.all(Array.from({ length: 15 }, () => find(sessionId)));
  expect(callers.every((caller) => caller !== undefined)).toBe(true);
  expect(provider.tokenRequests - before).toBe(1);
});

test("removed from all groups: disabled, and the session ends", async () => {
  const { person, sessionId } = await start(16);
  provider.setAccount({ ...person, groups: [] });
  expect(await find(sessionId)).toBeUndefined();
  expect(await checkOf(sessionId)).toMatchObject({ cause: "person_disabled", token: null });
});

test("revoked at the provider: the session ends, with an entry", async () => {
  const { person, sessionId } = await start(16);
  provider.revoke(person.sub);
  expect(await find(sessionId)).toBeUndefined();
  expect(await checkOf(sessionId)).toMatchObject({ cause: "provider_refused", token: null });
});

test.each(["down", "failing", "hanging"] as const)(
  "provider %s: the session goes on for an hour since the last answer, and again once it is back",
  async (how) => {
    const { sessionId } = await start(16);
    if (how === "down") await provider.goDown();
    else provider.mood = how;
    expect(await find(sessionId)).toBeDefined();
    const before = provider.tokenRequests;
    expect(await find(sessionId)).toBeDefined(); // asked less than 30 seconds ago
    expect(provider.tokenRequests).toBe(before);
    await age(sessionId, 45);
    expect(await find(sessionId)).toBeUndefined();
    expect(await checkOf(sessionId)).toMatchObject({ is_free: true, ended_at: null });
    if (how === "down") await provider.comeBack();
    else provider.mood = "well";
    await age(sessionId, 1);
    expect(await find(sessionId)).toBeDefined();
  },
);

test("no refresh token: the session ends an hour after the sign-in", async () => {
  const { sessionId } = await start(59, { hasToken: false });
  expect(await find(sessionId)).toBeDefined();
  await age(sessionId, 2);
  expect(await find(sessionId)).toBeUndefined();
});

test("provider that is no longer configured: the session ends an hour after the last answer", async () => {
  const { sessionId } = await start(16);
  const [settings] = providers.splice(0);
  try {
    expect(await find(sessionId)).toBeDefined();
    await age(sessionId, 45);
    expect(await find(sessionId)).toBeUndefined();
  } finally {
    providers.push(settings!);
  }
});

test("refresh token: sealed for its session, and forgotten when it ends", async () => {
  const { sessionId } = await start(0);
  const { token } = await checkOf(sessionId);
  expect(openRefreshToken(token!, sessionId)).toMatch(/^[\w-]{20,}$/);
  expect(openRefreshToken(token!, (await start(0)).sessionId)).toBeUndefined();
  token![20]! ^= 1;
  expect(openRefreshToken(token!, sessionId)).toBeUndefined();
  expect(openRefreshToken(sealRefreshToken("a", sessionId), sessionId)).toBe("a");
  await endSession(database().db, { sessionId, context: TEST_CONTEXT, cause: "signed_out" });
  expect(await checkOf(sessionId)).toMatchObject({ token: null, cause: "signed_out" });
});
