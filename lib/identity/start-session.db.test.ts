import { beforeAll, beforeEach, expect, test } from "vitest";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { useDatabase } from "@/test/database";
import { makeStaff, TEST_CONTEXT } from "@/test/fixture";
import { testSettings } from "@/test/server";
import { endSession } from "./end-session";
import type { SessionPerson } from "./session-person";
import { startSession } from "./start-session";

const database = useDatabase();
let [ada, ben]: (SessionPerson & { passwordHash: null })[] = [];

const asPerson = ({ person }: Awaited<ReturnType<typeof makeStaff>>) => ({
  ...person,
  passwordHash: null,
  role: "support" as const,
  orgId: null,
});

beforeAll(() => void Object.assign(process.env, testSettings(database().appUrl, 0)));

beforeEach(async () => {
  const { owner } = database();
  ada = asPerson(await makeStaff(owner, "support", "Ada"));
  ben = asPerson(await makeStaff(owner, "support", "Ben"));
});

async function start(person: Parameters<typeof startSession>[1]["person"], ...formerSessionIds: string[]) {
  const id = await startSession(database().db, {
    person,
    context: TEST_CONTEXT,
    formerSessionIds,
    authenticatedWith: ["password"],
  });
  return id!;
}

async function entriesAbout(...sessionIds: string[]) {
  const { rows } = await database().owner.query(
    `SELECT action, actor_id, actor_name, target_type, target_id, target_label, org_id, meta ->> 'cause' AS cause
     FROM audit_entries WHERE target_id = ANY($1) ORDER BY id`,
    [sessionIds],
  );
  return rows as unknown[];
}

const sessionsOf = async ({ id }: SessionPerson) =>
  (await database().owner.query("SELECT ended_at FROM sessions WHERE person_id = $1", [id])).rows;

test("session: starts and ends with one entry each, and ends once", async () => {
  const id = await start(ada!);
  const end = { sessionId: id, context: TEST_CONTEXT, cause: "signed_out" } as const;
  await Promise.all([endSession(database().db, end), endSession(database().db, end)]);
  const entry = {
    actor_id: ada!.id,
    actor_name: "Ada",
    target_type: "session",
    target_id: id,
    target_label: ada!.email,
    org_id: PLATFORM_ORG_ID,
  };
  expect(await entriesAbout(id)).toEqual([
    { ...entry, action: "session.started", cause: null },
    { ...entry, action: "session.ended", cause: "signed_out" },
  ]);
});

test("sign-in over someone else's session: ends it, attributed to the new person", async () => {
  const former = await start(ada!);
  const next = await start(ben!, former);
  expect(await entriesAbout(former, next)).toMatchObject([
    { action: "session.started", actor_name: "Ada", target_id: former },
    { action: "session.started", actor_name: "Ben", target_id: next },
    {
      action: "session.ended",
      actor_name: "Ben",
      target_id: former,
      target_label: ada!.email,
      cause: "replaced",
    },
  ]);
});

test.each([
  ["refused", "RAISE 'no room'", "no room"],
  ["swallowed", "RETURN NULL", "did not accept the audit entry"],
])("session without its entry, %s by the database: neither starts nor ends", async (_how, deed, message) => {
  const { owner, db } = database();
  const former = await start(ada!);
  await owner.query(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${deed}; END $$;
    CREATE TRIGGER fail BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION fail()`);
  try {
    await expect(start(ben!)).rejects.toThrow(message);
    await expect(start(ben!, former)).rejects.toThrow(message);
    const end = { sessionId: former, context: TEST_CONTEXT, cause: "signed_out" } as const;
    await expect(endSession(db, end)).rejects.toThrow(message);
  } finally {
    await owner.query("DROP TRIGGER fail ON audit_entries; DROP FUNCTION fail");
  }
  expect(await sessionsOf(ben!)).toEqual([]);
  expect(await sessionsOf(ada!)).toEqual([{ ended_at: null }]);
});
