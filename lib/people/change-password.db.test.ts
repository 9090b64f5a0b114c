import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findKnownDevice, readClaimedDevices } from "@/lib/identity/known-device";
import { findSessionCaller } from "@/lib/identity/find-session-caller";
import { signIn } from "@/lib/identity/sign-in";
import type { Caller } from "@/lib/states/caller";
import { makePerson, type Person, TEST_PASSWORD } from "@/test/credentials";
import { useDatabase } from "@/test/database";
import { TEST_CONTEXT } from "@/test/fixture";
import { testSettings } from "@/test/server";
import { changePassword } from "./change-password";

const database = useDatabase();
const NEW = "four words, and a comma";
let person: Person;
let addresses = 0;

beforeAll(() => void Object.assign(process.env, testSettings(database().appUrl, 0)));
beforeEach(async () => {
  person = await makePerson(database().owner);
});

const context = () => ({ ...TEST_CONTEXT, ip: `192.0.2.${++addresses}` });
const tryPassword = (password: string) =>
  signIn(database().db, { email: person.email, password, context: context() });
const BROWSER = { devices: [], isAddressOfProxy: false };

async function start(): Promise<Caller> {
  const result = await tryPassword(TEST_PASSWORD);
  if (!("sessionId" in result)) throw new Error(JSON.stringify(result));
  return (await findSessionCaller(database().db, result.sessionId))!;
}

const change = (caller: Caller, current: string, next: string, browser = BROWSER) =>
  changePassword(database().db, {
    caller,
    context: context(),
    browser,
    body: { current_password: current, new_password: next },
  });
const isAlive = async ({ credentialId }: Caller) =>
  (await findSessionCaller(database().db, credentialId)) !== undefined;
const readEntries = async () =>
  (
    await database().owner.query(
      `SELECT action, actor_id, meta ->> 'cause' AS cause FROM audit_entries
       WHERE (target_id = $1 OR target_label = $2) AND action <> 'session.started' ORDER BY id`,
      [person.id, person.email],
    )
  ).rows;
const refused = (type: string, field: string) => ({
  code: "VALIDATION_ERROR",
  options: { errors: [{ type, loc: ["body", field] }] },
});
const CHANGED = { action: "person.password_changed", cause: null };
const ENDED = { action: "session.ended", cause: "password_changed" };

describe("changing one's own password", () => {
  test("works with the current one: ends the other sessions, with an entry each", async () => {
    const [here, there] = [await start(), await start()];
    const { deviceCookie } = await change(here, TEST_PASSWORD, NEW);
    expect(await isAlive(here)).toBe(true);
    expect(await isAlive(there)).toBe(false);
    const actor_id = person.id;
    expect(await readEntries()).toEqual([
      { ...CHANGED, actor_id },
      { ...ENDED, actor_id },
    ]);
    expect(await tryPassword(TEST_PASSWORD)).toEqual({ failure: "wrong_credentials" });
    expect(await tryPassword(NEW)).toHaveProperty("sessionId");
    // This browser stays known.
    const devices = readClaimedDevices(new Headers({ cookie: deviceCookie.split(";")[0]! }));
    expect(await findKnownDevice(database().db, devices, person.email)).toEqual(expect.any(String));
  });

  test.each([
    ["a wrong current password", "wrong", NEW, refused("wrong_password", "current_password")],
    ["the same password", TEST_PASSWORD, TEST_PASSWORD, refused("same_password", "new_password")],
    ["a common password", TEST_PASSWORD, "password1234", refused("password_too_weak", "new_password")],
  ])("%s: refused, and changes nothing", async (_what, current, next, refusal) => {
    const [here, there] = [await start(), await start()];
    await expect(change(here, current, next)).rejects.toMatchObject(refusal);
    expect(await isAlive(there)).toBe(true);
    expect(await readEntries()).toEqual([]);
    expect(await tryPassword(TEST_PASSWORD)).toHaveProperty("sessionId");
  });

  test("one's own name: refused", async () => {
    const here = await start();
    await expect(change(here, TEST_PASSWORD, `${person.name}!!!`)).rejects.toMatchObject(
      refused("password_too_weak", "new_password"),
    );
  });

  test("two changes at the same time: one wins", async () => {
    const callers = [await start(), await start()];
    const results = await Promise.allSettled(
      callers.map((caller, index) => change(caller, TEST_PASSWORD, `${NEW} ${index}`)),
    );
    const lost = results.filter((result) => result.status === "rejected");
    expect(lost.map(({ reason }) => reason as unknown)).toMatchObject([
      refused("wrong_password", "current_password"),
    ]);
    const winner = results.findIndex(({ status }) => status === "fulfilled");
    expect(await tryPassword(`${NEW} ${winner}`)).toHaveProperty("sessionId");
    expect((await readEntries()).map(({ action }: { action: string }) => action)).toEqual([
      "person.password_changed",
      "session.ended",
    ]);
  });

  test("person disabled meanwhile: refused", async () => {
    const here = await start();
    await database().owner.query("UPDATE people SET disabled_at = now() WHERE id = $1", [person.id]);
    await expect(change(here, TEST_PASSWORD, NEW)).rejects.toMatchObject({ code: "VALIDATION_ERROR" });
    expect(await readEntries()).toEqual([]);
  });

  test("guesses: use up the limits of a sign-in", async () => {
    const here = await start();
    const at = { ...TEST_CONTEXT, ip: `192.0.2.${++addresses}` };
    const guess = (password: string) =>
      changePassword(database().db, {
        caller: here,
        context: at,
        browser: BROWSER,
        body: { current_password: password, new_password: NEW },
      });
    for (let guesses = 0; guesses < 10; guesses++)
      await expect(guess("wrong")).rejects.toMatchObject({ code: "VALIDATION_ERROR" });
    await expect(guess(TEST_PASSWORD)).rejects.toMatchObject({
      code: "RATE_LIMITED",
      options: { headers: { "Retry-After": expect.stringMatching(/^(900|8\d\d)$/) as string } },
    });
    expect(await readEntries()).toEqual([]);
  });

  test("entry refused by the database: the password and the sessions stay", async () => {
    const { owner } = database();
    const [here, there] = [await start(), await start()];
    await owner.query(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.action = 'session.ended' THEN RAISE 'no room'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER fail BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION fail()`);
    try {
      await expect(change(here, TEST_PASSWORD, NEW)).rejects.toThrow("no room");
    } finally {
      await owner.query("DROP TRIGGER fail ON audit_entries; DROP FUNCTION fail");
    }
    expect(await isAlive(there)).toBe(true);
    expect(await readEntries()).toEqual([]);
    expect(await tryPassword(TEST_PASSWORD)).toHaveProperty("sessionId");
  });
});

test("database: refuses a password without a link, or with someone else's entry", async () => {
  const { app } = database();
  const other = await makePerson(database().owner);
  const set = async (actorId?: string) => {
    const client = await app.connect();
    try {
      await client.query("BEGIN");
      if (actorId !== undefined)
        await client.query(
          `INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
             target_label, source, request_id, meta)
           VALUES ('00000000-0000-0000-0000-000000000000', 'person.password_changed', date_trunc('milliseconds', now()),
             'user', $1, 'Name', 'person', $2, 'label', 'dashboard', 'req_x', '{"reason": null, "ticket": null}')`,
          [actorId, person.id],
        );
      await client.query("UPDATE people SET password_hash = 'x' WHERE id = $1", [person.id]);
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  };
  const refusal = { constraint: "people_password_by_link" };
  await expect(set()).rejects.toMatchObject(refusal);
  await expect(set(other.id)).rejects.toMatchObject(refusal);
  await expect(set(person.id)).resolves.toBeUndefined();
});
