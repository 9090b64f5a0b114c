import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "@/lib/states/caller";
import { makePerson, type Person } from "@/test/credentials";
import { useDatabase } from "@/test/database";
import { TEST_CONTEXT } from "@/test/fixture";
import { testSettings } from "@/test/server";
import { endOtherSessions, endOwnSession } from "./end-own-session";
import { findSessionCaller } from "./find-session-caller";
import { noteSessionUse } from "./note-session-use";
import { findOwnSessions } from "./own-sessions";
import { startSession } from "./start-session";

const database = useDatabase();
let [ada, ben]: Person[] = [];

beforeAll(() => void Object.assign(process.env, testSettings(database().appUrl, 0)));
beforeEach(async () => {
  ada = await makePerson(database().owner);
  ben = await makePerson(database().owner);
});

const context = { ...TEST_CONTEXT, ip: "203.0.113.7", userAgent: "Mozilla/5.0 (test)" };

async function start({ id, name, email, role }: Person): Promise<Caller> {
  const { rows } = await database().owner.query<{ password_hash: string }>(
    "SELECT password_hash FROM people WHERE id = $1",
    [id],
  );
  const person = { id, name, email, role, orgId: null, passwordHash: rows[0]!.password_hash };
  const sessionId = await startSession(database().db, {
    person,
    context,
    formerSessionIds: [],
    authenticatedWith: ["password"],
  });
  return (await findSessionCaller(database().db, sessionId!))!;
}

const ageUse = (caller: Caller, time: string) =>
  database().owner.query("UPDATE sessions SET last_used_at = now() - $2::interval WHERE id = $1", [
    caller.credentialId,
    time,
  ]);
const readUse = async ({ credentialId }: Caller): Promise<number> => {
  const { rows } = await database().owner.query<{ age: string }>(
    "SELECT extract(epoch FROM now() - last_used_at) AS age FROM sessions WHERE id = $1",
    [credentialId],
  );
  return Number(rows[0]!.age);
};
const causesOf = async ({ credentialId }: Caller) =>
  (
    await database().owner.query<{ cause: string }>(
      `SELECT meta ->> 'cause' AS cause FROM audit_entries WHERE target_id = $1 AND action = 'session.ended'`,
      [credentialId],
    )
  ).rows.map(({ cause }) => cause);
const find = (caller: Caller) => findSessionCaller(database().db, caller.credentialId);
const list = (caller: Caller) => findOwnSessions(database().db, caller);
const end = (caller: Caller, sessionId: string) =>
  endOwnSession(database().db, { caller, context, sessionId });

describe("idle limit", () => {
  test("session unused for an hour: is not found", async () => {
    const caller = await start(ada!);
    await ageUse(caller, "59 minutes");
    expect(await find(caller)).toMatchObject({ person: { id: ada!.id } });
    await ageUse(caller, "60 minutes");
    expect(await find(caller)).toBeUndefined();
  });

  test("use: noted once a minute", async () => {
    const caller = await start(ada!);
    await ageUse(caller, "59 seconds");
    await noteSessionUse(database().db, caller.credentialId);
    const late = await start(ada!);
    await ageUse(late, "61 seconds");
    await noteSessionUse(database().db, late.credentialId);
    expect(await readUse(late)).toBeLessThan(10);
    expect(await readUse(caller)).toBeGreaterThan(50);
  });

  test("use: doesn't revive a session that has ended, expired or been idle", async () => {
    const { owner } = database();
    const [ended, expired, idle, alive] = [
      await start(ada!),
      await start(ada!),
      await start(ada!),
      await start(ada!),
    ];
    for (const caller of [ended, expired, alive]) await ageUse(caller, "2 minutes");
    await ageUse(idle, "61 minutes");
    await owner.query("UPDATE sessions SET ended_at = now() WHERE id = $1", [ended.credentialId]);
    await owner.query(
      "UPDATE sessions SET created_at = now() - interval '12 hours', expires_at = now() WHERE id = $1",
      [expired.credentialId],
    );
    for (const caller of [ended, expired, idle, alive])
      await noteSessionUse(database().db, caller.credentialId);
    expect(await readUse(alive)).toBeLessThan(10);
    for (const caller of [ended, expired, idle]) expect(await readUse(caller)).toBeGreaterThan(100);
  });
});

describe("own sessions", () => {
  test("list: one's own active ones, the newest first", async () => {
    const [first, second, idle, ended] = [
      await start(ada!),
      await start(ada!),
      await start(ada!),
      await start(ada!),
    ];
    await start(ben!);
    await ageUse(idle, "2 hours");
    await end(first, ended.credentialId);
    expect(await list(first)).toEqual([
      expect.objectContaining({ id: second.credentialId, is_current: false, ended_at: null }),
      expect.objectContaining({
        id: first.credentialId,
        is_current: true,
        ip: context.ip,
        user_agent: context.userAgent,
      }),
    ]);
  });

  test("ending one: leaves one entry, and a second time none", async () => {
    const [here, there] = [await start(ada!), await start(ada!)];
    const results = await Promise.all(Array.from({ length: 5 }, () => end(here, there.credentialId)));
    expect(results.map(({ outcome }) => outcome).toSorted()).toEqual([
      "transitioned",
      ...Array<string>(4).fill("unchanged"),
    ]);
    for (const { session } of results)
      expect(session).toMatchObject({ id: there.credentialId, ended_at: expect.any(String) });
    expect(await causesOf(there)).toEqual(["ended_elsewhere"]);
    expect(await find(there)).toBeUndefined();
    expect(await find(here)).toBeDefined();
  });

  test("ending this one: signs out", async () => {
    const here = await start(ada!);
    await end(here, here.credentialId);
    expect(await find(here)).toBeUndefined();
    expect(await causesOf(here)).toEqual(["signed_out"]);
  });

  test("someone else's, unknown or malformed: not found, and goes on", async () => {
    const [mine, theirs] = [await start(ada!), await start(ben!)];
    for (const id of [theirs.credentialId, randomUUID(), "x", ""])
      await expect(end(mine, id)).rejects.toMatchObject({ code: "SESSION_NOT_FOUND" });
    expect(await find(theirs)).toBeDefined();
    expect(await causesOf(theirs)).toEqual([]);
  });

  test("ending the others: ends each with an entry, and no other person's", async () => {
    const [here, one, two, theirs] = [
      await start(ada!),
      await start(ada!),
      await start(ada!),
      await start(ben!),
    ];
    const endOthers = () => endOtherSessions(database().db, { caller: here, context });
    expect(await endOthers()).toBe(2);
    expect(await endOthers()).toBe(0);
    for (const other of [one, two]) expect(await causesOf(other)).toEqual(["ended_elsewhere"]);
    expect(await find(here)).toBeDefined();
    expect(await find(theirs)).toBeDefined();
  });

  test("entry refused by the database: all sessions go on", async () => {
    const { owner } = database();
    const [here, one, two] = [await start(ada!), await start(ada!), await start(ada!)];
    await owner.query(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.target_id = '${two.credentialId}' THEN RAISE 'no room'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER fail BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION fail()`);
    try {
      await expect(endOtherSessions(database().db, { caller: here, context })).rejects.toThrow("no room");
      await expect(end(here, two.credentialId)).rejects.toThrow("no room");
    } finally {
      await owner.query("DROP TRIGGER fail ON audit_entries; DROP FUNCTION fail");
    }
    for (const caller of [here, one, two]) expect(await find(caller)).toBeDefined();
  });
});

describe("more than ten sessions", () => {
  test("the least recently used ends", async () => {
    const all: Caller[] = [];
    for (let count = 0; count < 10; count++) all.push(await start(ada!));
    await ageUse(all[3]!, "5 minutes");
    const newest = await start(ada!);
    expect(await causesOf(all[3]!)).toEqual(["too_many_sessions"]);
    const shown = (await list(newest)).map(({ id }) => id);
    const kept = [...all.filter((caller) => caller !== all[3]), newest];
    expect(shown.toSorted()).toEqual(kept.map(({ credentialId }) => credentialId).toSorted());
  });

  test("sign-ins at the same time: ten remain", async () => {
    await Promise.all(Array.from({ length: 15 }, () => start(ada!)));
    const { rows } = await database().owner.query(
      "SELECT id FROM sessions WHERE person_id = $1 AND ended_at IS NULL",
      [ada!.id],
    );
    expect(rows).toHaveLength(10);
  });
});
