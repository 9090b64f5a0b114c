import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callHttp, type Reply } from "@/test/call-http";
import {
  findSessionCookie,
  makeKey,
  makePerson,
  signIn,
  submitSignIn,
  TEST_PASSWORD,
} from "@/test/credentials";
import { cloneDatabase, type TestDatabase } from "@/test/database";
import { startServers, type TestServerProcess } from "@/test/server";

const LIMIT = 200;
const BATCH = LIMIT / 100;
const PROCESSES = 2;

let database: TestDatabase;
let servers: TestServerProcess[];

beforeAll(async () => {
  database = await cloneDatabase();
  const env = {
    RATE_LIMIT_PER_MINUTE: String(LIMIT),
    REFUSALS_PER_MINUTE: String(LIMIT),
    TRUSTED_PROXIES: "1",
  };
  servers = await startServers({ databaseUrl: database.appUrl, processes: PROCESSES, env });
});
afterAll(async () => {
  await Promise.all((servers ?? []).map((server) => server.stop()));
  await database?.drop();
});

type Headers = Record<string, string>;
const ME = "/v1/auth/me";
const ask = (process: number, headers: Headers, path = ME) =>
  callHttp(servers[process]!.baseUrl, "GET", path, { headers });
const newKey = async () => {
  const { id: ownerId } = await makePerson(database.owner);
  return makeKey(database.owner, { ownerId });
};

/** Sends requests to both processes at once, twice as many as the limit allows in each. */
async function flood(headersOf: (process: number) => Headers, path = ME): Promise<Reply[]> {
  const replies: Reply[] = [];
  const call = async (caller: number) => {
    for (let n = 0; n < (4 * LIMIT) / 40; n++)
      replies.push(await ask((caller + n) % PROCESSES, headersOf((caller + n) % PROCESSES), path));
  };
  await Promise.all(Array.from({ length: 40 }, (_, caller) => call(caller)));
  return replies;
}
const count = (replies: Reply[], status: number) => replies.filter((reply) => reply.status === status).length;

function expectLimited(replies: Reply[], passing: number): void {
  expect(count(replies, passing)).toBeGreaterThanOrEqual(LIMIT - PROCESSES * BATCH);
  expect(count(replies, passing)).toBeLessThanOrEqual(LIMIT + PROCESSES * 2 * BATCH);
  expect(count(replies, passing) + count(replies, 429)).toBe(replies.length);
}

/** When the shared period of a budget ends, in Unix milliseconds. */
async function endOf(limit: string, key: string): Promise<number> {
  const stored = `${limit}:${createHash("sha256").update(key).digest("base64url")}`;
  const { rows } = await database.owner.query<{ expire: string }>(
    "SELECT expire FROM rate_limits WHERE key = $1",
    [stored],
  );
  return Number(rows[0]!.expire);
}

/** `Retry-After` names the end of the period, rounded up. */
async function expectRetryAfter(reply: () => Promise<Reply>, end: number): Promise<void> {
  const before = Date.now();
  const { status, headers } = await reply();
  expect(status).toBe(429);
  const seconds = Number(headers["retry-after"]);
  expect(seconds).toBeLessThanOrEqual(Math.ceil((end - before) / 1000));
  expect(seconds).toBeGreaterThanOrEqual(Math.ceil((end - Date.now()) / 1000));
}

describe("requests through two processes", () => {
  test("one key: the limit plus at most two batches per process; other keys aren't affected", async () => {
    const [key, other] = [await newKey(), await newKey()];
    expectLimited(await flood(() => key.headers), 200);
    const end = await endOf("requests", key.id);
    for (const process of [0, 1]) {
      await expectRetryAfter(() => ask(process, key.headers), end);
      expect((await ask(process, other.headers)).status).toBe(200);
    }
  });

  test("one person's sessions: one limit; their key and other people have their own", async () => {
    const [person, colleague] = [await makePerson(database.owner), await makePerson(database.owner)];
    const sessions = await Promise.all(servers.map(({ baseUrl }) => signIn(baseUrl, person)));
    expect(new Set(sessions.map(({ Cookie }) => Cookie)).size).toBe(PROCESSES);
    expectLimited(await flood((process) => ({ ...sessions[process]! })), 200);
    const key = await makeKey(database.owner, { ownerId: person.id });
    const other = await signIn(servers[0]!.baseUrl, colleague);
    for (const headers of [key.headers, { ...other }]) expect((await ask(0, headers)).status).toBe(200);
  });

  test("refused credentials of one address: one limit; other addresses aren't affected", async () => {
    const from = (address: string) => ({ "X-Forwarded-For": address });
    expectLimited(await flood(() => from("203.0.113.1")), 401);
    const end = await endOf("refusals", "203.0.113.1");
    for (const process of [0, 1]) {
      await expectRetryAfter(() => ask(process, from("203.0.113.1")), end);
      expect((await ask(process, from("203.0.113.2"))).status).toBe(401);
    }
  });
});

describe("sign-ins through two processes", () => {
  const attempt = (process: number, email: string, password: string, address: string) =>
    submitSignIn(servers[process]!.baseUrl, { email, password }, { "X-Forwarded-For": address });
  const isSignedIn = ({ headers }: Reply) => findSessionCookie(headers["set-cookie"]) !== undefined;

  test("ten wrong passwords, five in each: block the pair in both; others can sign in", async () => {
    const [person, colleague] = [await makePerson(database.owner), await makePerson(database.owner)];
    const address = "203.0.113.10";
    for (let n = 0; n < 10; n++)
      expect((await attempt(n % 2, person.email, "wrong", address)).text).toContain("CredentialsSignin");
    for (const process of [0, 1]) {
      expect((await attempt(process, person.email, TEST_PASSWORD, address)).text).toContain("RateLimited");
      expect(isSignedIn(await attempt(process, person.email, TEST_PASSWORD, "203.0.113.11"))).toBe(true);
      expect(isSignedIn(await attempt(process, colleague.email, TEST_PASSWORD, address))).toBe(true);
    }
  });

  test("thirty right ones at once: twenty sessions; the next is refused in both; others can sign in", async () => {
    const [person, colleague] = [await makePerson(database.owner), await makePerson(database.owner)];
    // From many addresses, so that no other limit counts.
    const signInAt = (process: number, { email }: { email: string }, n = 0) =>
      attempt(process, email, TEST_PASSWORD, `198.51.100.${n}`);
    const replies = await Promise.all(Array.from({ length: 30 }, (_, n) => signInAt(n % 2, person, n)));
    expect(replies.filter(isSignedIn)).toHaveLength(20);
    for (const process of [0, 1]) {
      expect((await signInAt(process, person)).text).toContain("RateLimited");
      expect(isSignedIn(await signInAt(process, colleague))).toBe(true);
    }
    const { rowCount } = await database.owner.query("SELECT FROM sessions WHERE person_id = $1", [person.id]);
    expect(rowCount).toBe(20);
  });
});

/** The control of the tests above: without the shared counts, two processes let twice as much through. */
test("counts that can't be shared: each process keeps the limit alone, and logs it", async () => {
  await database.owner.query("REVOKE ALL ON rate_limits FROM console_web");
  try {
    const key = await newKey();
    const replies = await flood(() => key.headers);
    expect(count(replies, 200)).toBe(PROCESSES * LIMIT);
    expect(count(replies, 429)).toBe(replies.length - PROCESSES * LIMIT);
    for (const { output } of servers) expect(output()).toContain("rate limits hold per process only");
  } finally {
    await database.owner.query("GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limits TO console_web");
  }
});
