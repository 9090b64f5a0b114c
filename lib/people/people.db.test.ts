import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { PrismaClient } from "@/generated/prisma/client";
import type { Person } from "@/lib/contract/people";
import { PersonListQuery } from "@/lib/contract/people";
import { signIn } from "@/lib/identity/sign-in";
import { createClient } from "@/lib/platform/db/client";
import type { Caller } from "@/lib/states/caller";
import { ROLE_PERMISSIONS, type Role } from "@/lib/states/permissions";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { findKeyCaller } from "@/lib/identity/find-key-caller";
import { makeKey, makePerson, TEST_PASSWORD } from "@/test/credentials";
import { useDatabase } from "@/test/database";
import { seedFixture, type Fixture, TEST_CONTEXT } from "@/test/fixture";
import { disablePerson } from "./disable-person";
import { enablePerson } from "./enable-person";
import { findPeople } from "./find-people";
import { getPerson } from "./get-person";
import { inviteAdmin } from "./invite-admin";
import { invitePerson } from "./invite-person";
import { findCredentials } from "./find-credentials";
import { dismissPasswordNotice, findPasswordNotice } from "./password-notice";
import { renewInvitation } from "./renew-invitation";
import { setPassword } from "./set-password";
import { updatePerson } from "./update-person";

vi.mock("@/lib/platform/env/env", () => ({
  env: () => ({
    SESSION_HOURS: 12,
    SESSION_IDLE_MINUTES: 60,
    STEP_UP_MINUTES: 10,
    NEXTAUTH_URL: "https://console.example",
    NEXTAUTH_SECRET: "the secret of this test, long enough",
    CURSOR_SECRET: "the secret of this test, long enough",
    TICKET_PATTERN: "",
    TICKET_URL: "",
  }),
}));

const database = useDatabase();
const db = () => database().db;
const context = TEST_CONTEXT;
const PASSWORD = "as long as it should be";
const ALL = { all: true } as const;
const reason = "ticket #4821: left the company";

let admin: Caller;
let [here, there]: Fixture[] = [];
const only = (...fixtures: Fixture[]) =>
  ({ all: false, org_ids: fixtures.map(({ orgId }) => orgId) }) as const;

/** A staff person, as the route passes them to a verb. */
async function make(role: Role, orgIds?: string[]): Promise<Caller> {
  const person = await makePerson(database().owner, { role, ...(orgIds && { orgIds }) });
  const { id, name, email } = person;
  return {
    kind: "session",
    credentialId: randomUUID(),
    person: { id, name, email, isVerified: true },
    actor: { type: "user", id, name, email, role, keyPrefix: null },
    scopes: null,
    permissions: new Set(ROLE_PERMISSIONS[role]),
    reach: orgIds ? { all: false, orgIds } : { all: true },
    isAdmitted: true,
  };
}

let owner: PrismaClient | undefined;
const createOwnerClient = () => (owner ??= createClient({ url: database().ownerUrl, poolSize: 1 }));
afterAll(() => owner?.$disconnect());

let addresses = 0;
beforeEach(async () => {
  admin = await make("admin");
  [here, there] = [await seedFixture(database().owner), await seedFixture(database().owner)];
});

/** No two people of staff have the same name. */
const newName = () => `Kim ${randomUUID()}`;
const email = () => `${randomUUID()}@staff.example`;
const invite = (caller = admin, body: object = {}) =>
  invitePerson(db(), {
    caller,
    context,
    body: { name: newName(), email: email(), role: "support", reach: ALL, ...body },
  });
const update = (caller: Caller, personId: string, body: object) =>
  updatePerson(db(), { caller, context, personId, body });
const disable = (caller: Caller, personId: string) =>
  disablePerson(db(), { caller, context, personId, reason });
const enable = (caller: Caller, personId: string) =>
  enablePerson(db(), { caller, context, personId, reason: null });
const renew = (caller: Caller, personId: string) =>
  renewInvitation(db(), { caller, context, personId, reason: null });
const tokenOf = ({ link }: { link: string | null }) => new URL(link!).hash.slice(1);
const set = (token: string, password = PASSWORD, ip = `203.0.113.${++addresses}`) =>
  setPassword(db(), { context: { ...context, ip }, body: { token, password } });
const tryToSignIn = (who: string, password: string) =>
  signIn(db(), { email: who, password, context: { ...context, ip: `198.51.100.${++addresses}` } });

async function entriesAbout(targetId: string) {
  const { rows } = await database().owner.query<{ action: string; meta: Record<string, unknown> }>(
    "SELECT action, actor_id, org_id, target_label, meta FROM audit_entries WHERE target_id = $1 ORDER BY occurred_at, id",
    [targetId],
  );
  return rows;
}
const actionsAbout = async (id: string) => (await entriesAbout(id)).map(({ action }) => action);
const rowOf = async (id: string) =>
  (await database().owner.query("SELECT * FROM people WHERE id = $1", [id])).rows[0] as Record<
    string,
    unknown
  >;

/** Attempts something that must be refused, and checks that the person and the trail are unchanged. */
async function expectRefused(id: string, act: () => Promise<unknown>, refusal: object) {
  const before = [await rowOf(id), await entriesAbout(id)];
  await expect(act()).rejects.toMatchObject(refusal);
  expect([await rowOf(id), await entriesAbout(id)]).toEqual(before);
}
const conflict = (type: string) => ({ code: "CONFLICT", options: { errors: [{ type }] } });
const beyond = (field: string) => ({
  code: "PERMISSION_DENIED",
  options: { errors: [{ type: "escalation_forbidden", loc: ["body", field] }] },
});
const GONE = { code: "PERSON_NOT_FOUND" };
const NO_LINK = { code: "PASSWORD_LINK_NOT_FOUND" };

describe("invitation", () => {
  test("creates a person who can do nothing until they set a password that only they know", async () => {
    const made = await invite(admin, { email: "new@staff.example", reach: only(here!), reason });
    expect(made).toMatchObject({
      state: "invited",
      role: "support",
      reach: only(here!),
      is_email_verified: false,
    });
    expect(made.link).toMatch(/^https:\/\/console\.example\/set-password#[\w-]{43}$/);
    expect(await tryToSignIn(made.email, "")).toHaveProperty("failure");
    expect(await set(tokenOf(made))).toEqual({ id: made.id, email: "new@staff.example" });
    expect(await getPerson(db(), admin.reach, made.id)).toMatchObject({
      state: "active",
      is_email_verified: true,
      link_expires_at: null,
    });
    expect(await tryToSignIn(made.email, PASSWORD)).toHaveProperty("sessionId");
    const [invited, wasSet] = await entriesAbout(made.id);
    expect(invited).toMatchObject({
      action: "person.invited",
      actor_id: admin.person.id,
      org_id: PLATFORM_ORG_ID,
      target_label: made.email,
      meta: { reason, ticket: "#4821", role: "support", reach: only(here!), name: made.name },
    });
    const { id, name, email: address } = admin.person;
    expect(wasSet).toMatchObject({
      action: "person.password_set",
      actor_id: made.id,
      meta: { link: { made_by: { id, name, email: address } }, verifies_email: true },
    });
    const kept = await database().owner.query("SELECT to_jsonb(l) AS link FROM password_links l");
    expect(JSON.stringify([kept.rows, await entriesAbout(made.id)])).not.toContain(tokenOf(made));
  });

  test("taken email: creates no one; several at once create one person", async () => {
    const address = email();
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, () => invite(admin, { email: address })),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const tried of tries.filter((each) => each.status === "rejected"))
      expect(tried.reason).toMatchObject(conflict("email_taken"));
  });

  test("repeated: replaces the previous link", async () => {
    const first = await invite();
    const second = await renew(admin, first.id);
    await expect(set(tokenOf(first))).rejects.toMatchObject(NO_LINK);
    await set(tokenOf(second));
    expect(await actionsAbout(first.id)).toEqual(["person.invited", "person.invited", "person.password_set"]);
  });
});

describe("password link", () => {
  test("works once, even for several at once", async () => {
    const made = await invite();
    const tries = await Promise.allSettled(
      Array.from({ length: 6 }, (_, n) => set(tokenOf(made), `${PASSWORD} ${n}`)),
    );
    const won = tries.findIndex(({ status }) => status === "fulfilled");
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await tryToSignIn(made.email, `${PASSWORD} ${won}`)).toHaveProperty("sessionId");
    expect(await actionsAbout(made.id)).toEqual(["person.invited", "person.password_set"]);
  });

  test.each([
    ["unknown", ""],
    ["used", "UPDATE password_links SET used_at = now() WHERE person_id = $1"],
    [
      "expired",
      "UPDATE password_links SET created_at = now() - interval '1 day', expires_at = now() WHERE person_id = $1",
    ],
    ["for a disabled person", "UPDATE people SET disabled_at = now() WHERE id = $1"],
  ])("%s: changes nothing and leaves a security event", async (what, change) => {
    const made = await invite();
    if (change) await database().owner.query(change, [made.id]);
    const token = what === "unknown" ? "x".repeat(43) : tokenOf(made);
    await expectRefused(made.id, () => set(token), { ...NO_LINK, options: {} });
    const { rows } = await database().owner.query(
      "SELECT kind, status, code, actor_id, path FROM security_events ORDER BY occurred_at DESC, id DESC LIMIT 1",
    );
    expect(rows).toEqual([
      {
        kind: "password_link.refused",
        status: 404,
        code: NO_LINK.code,
        actor_id: null,
        path: "/v1/auth/password",
      },
    ]);
  });

  test("300 guesses from one address: blocked, but a valid link still works there", async () => {
    const ip = "192.0.2.77";
    const { link } = await invite();
    const guess = () => set("wrong", PASSWORD, ip);
    for (let n = 0; n < 300; n++) await expect(guess()).rejects.toMatchObject(NO_LINK);
    const limited = {
      code: "RATE_LIMITED",
      options: { headers: { "Retry-After": expect.stringMatching(/^(900|8\d\d)$/) as string } },
    };
    await expect(guess()).rejects.toMatchObject(limited);
    await set(tokenOf({ link }), PASSWORD, ip);
    await expect(guess()).rejects.toMatchObject(limited);
  });

  test("ends the sessions of a person who had a password, with an entry each", async () => {
    const { person } = await make("support");
    const signedIn = (await tryToSignIn(person.email, TEST_PASSWORD)) as { sessionId: string };
    const { link } = await renew(admin, person.id);
    expect(await tryToSignIn(person.email, TEST_PASSWORD)).toHaveProperty("sessionId");
    await set(tokenOf({ link }));
    expect((await entriesAbout(signedIn.sessionId))[1]).toMatchObject({
      action: "session.ended",
      actor_id: person.id,
      meta: { cause: "password_set" },
    });
    expect(await tryToSignIn(person.email, TEST_PASSWORD)).toHaveProperty("failure");
  });
});

describe("change of a person", () => {
  test("writes an entry with the differences, or none without any", async () => {
    const { person } = await make("support", [here!.orgId]);
    const name = newName();
    const changed = await update(admin, person.id, {
      name,
      role: "auditor",
      reach: only(here!, there!),
    });
    const org_ids = [here!.orgId, there!.orgId].toSorted();
    expect(changed).toMatchObject({ name, role: "auditor", reach: { all: false, org_ids } });
    await update(admin, person.id, { reach: ALL, reason: "moved to the night shift" });
    await update(admin, person.id, { reach: ALL, role: "auditor" });
    expect((await entriesAbout(person.id)).map(({ meta }) => [meta["changes"], meta["reason"]])).toEqual([
      [
        {
          name: [person.name, name],
          role: ["support", "auditor"],
          reach: [only(here!), { all: false, org_ids }],
        },
        null,
      ],
      [
        {
          reach: [
            { all: false, org_ids },
            { all: true, org_ids: null },
          ],
        },
        "moved to the night shift",
      ],
    ]);
  });

  test("two changes of different fields at once: keeps both", async () => {
    const { person } = await make("support");
    const name = newName();
    await Promise.all([
      update(admin, person.id, { name }),
      update(await make("admin"), person.id, { role: "auditor" }),
    ]);
    expect(await getPerson(db(), ALL, person.id)).toMatchObject({ name, role: "auditor" });
  });

  test("unknown organization: refused", async () => {
    const { person } = await make("support");
    const body = { reach: { all: false, org_ids: [randomUUID()] } };
    await expectRefused(person.id, () => update(admin, person.id, body), { code: "VALIDATION_ERROR" });
  });
});

describe("name", () => {
  test("that looks like a colleague's: refused for a new and an existing person, even when two come at once", async () => {
    const made = await invite(admin, { name: `Grace ${randomUUID()}` });
    const lookalikes = [made.name, made.name.toUpperCase(), made.name.replace("a", "а"), `  ${made.name} `];
    const { person } = await make("support");
    for (const name of lookalikes) {
      await expect(invite(admin, { name })).rejects.toMatchObject(conflict("name_taken"));
      await expectRefused(person.id, () => update(admin, person.id, { name }), conflict("name_taken"));
    }
    expect(await update(admin, made.id, { name: made.name.toUpperCase() })).toMatchObject({
      name: made.name.toUpperCase(),
    });
    const wanted = newName();
    const tries = await Promise.allSettled([
      invite(admin, { name: wanted }),
      update(await make("admin"), person.id, { name: wanted }),
    ]);
    expect(tries.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("notice about a password", () => {
  test("names who made the link until the person dismisses it, and returns with the next link", async () => {
    const { person } = await make("support");
    const asPerson = { ...(await make("support")), person };
    for (const maker of [admin, await make("admin")]) {
      expect(await findPasswordNotice(db(), person.id)).toBeUndefined();
      await set(tokenOf(await renew(maker, person.id)));
      const { name, email: address } = maker.person;
      expect(await findPasswordNotice(db(), person.id)).toEqual({
        setAt: expect.any(String),
        madeBy: { name, email: address },
      });
      await dismissPasswordNotice(db(), asPerson);
    }
    expect(await findPasswordNotice(db(), person.id)).toBeUndefined();
  });
});

describe("disabled person", () => {
  test("loses the keys and links that they made; both are listed before and after, in the caller's reach", async () => {
    const { owner: sql } = database();
    const { person } = await make("admin");
    const maker = { ...(await make("admin")), person, actor: { ...admin.actor, ...person } };
    const own = await makeKey(sql, { ownerId: person.id, madeBy: person.id });
    const customers = await makeKey(sql, {
      ownerId: here!.customer.person.id,
      orgId: here!.orgId,
      madeBy: person.id,
    });
    await makeKey(sql, { ownerId: person.id, isExpired: true });
    const invited = await invite(maker);
    const { person: other } = await make("support");
    const renewed = await renew(maker, other.id);
    const used = await invite(maker);
    await set(tokenOf(used));
    const credentials = await findCredentials(db(), admin.reach, person.id);
    expect(credentials.keys.map(({ id, is_owner, is_maker }) => [id, is_owner, is_maker]).toSorted()).toEqual(
      [
        [own.id, true, true],
        [customers.id, false, true],
      ].toSorted(),
    );
    expect(credentials.links.map((link) => [link.person.id, link.is_invitation]).toSorted()).toEqual(
      [
        [invited.id, true],
        [other.id, false],
      ].toSorted(),
    );
    const { ended } = await disable(admin, person.id);
    expect(ended).toEqual(credentials);
    for (const { text } of [own, customers]) expect(await findKeyCaller(db(), text)).toBeUndefined();
    for (const made of [invited, renewed]) {
      await expect(set(tokenOf(made))).rejects.toMatchObject(NO_LINK);
      expect((await entriesAbout(made.id)).at(-1)).toMatchObject({
        action: "person.link_closed",
        actor_id: admin.person.id,
        meta: { link: { made_by: { id: person.id } } },
      });
    }
    expect(await actionsAbout(used.id)).toEqual(["person.invited", "person.password_set"]);
    await enable(admin, person.id);
    for (const made of [invited, renewed]) await expect(set(tokenOf(made))).rejects.toMatchObject(NO_LINK);
    expect((await disable(await make("admin"), person.id)).ended!.links).toEqual([]);
  });

  test("disabled once; loses sessions and link; enabling doesn't restore them", async () => {
    const { person } = await make("support");
    const { sessionId } = (await tryToSignIn(person.email, TEST_PASSWORD)) as { sessionId: string };
    const { link } = await renew(admin, person.id);
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => disable(admin, person.id)));
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
      "transitioned",
      ...Array<string>(5).fill("unchanged"),
    ]);
    expect(await tryToSignIn(person.email, TEST_PASSWORD)).toHaveProperty("failure");
    expect((await entriesAbout(sessionId))[1]).toMatchObject({
      action: "session.ended",
      actor_id: admin.person.id,
      meta: { cause: "person_disabled" },
    });
    await expect(renew(admin, person.id)).rejects.toMatchObject(conflict("person_disabled"));
    expect((await enable(admin, person.id)).person).toMatchObject({ state: "active", link_expires_at: null });
    expect((await enable(admin, person.id)).outcome).toBe("unchanged");
    await expect(set(tokenOf({ link }))).rejects.toMatchObject(NO_LINK);
    expect(await actionsAbout(person.id)).toEqual(["person.invited", "person.disabled", "person.enabled"]);
    expect((await entriesAbout(person.id))[1]!.meta).toMatchObject({ reason, ticket: "#4821" });
  });

  test("gets no session from a sign-in in progress", async () => {
    const { person } = await make("support");
    const results = await Promise.all([
      ...Array.from({ length: 4 }, () => tryToSignIn(person.email, TEST_PASSWORD)),
      disable(admin, person.id),
    ]);
    expect(results.at(-1)).toMatchObject({ outcome: "transitioned" });
    const { rows } = await database().owner.query(
      "SELECT FROM sessions WHERE person_id = $1 AND ended_at IS NULL",
      [person.id],
    );
    expect(rows).toEqual([]);
  });
});

describe("no one", () => {
  test("changes their own name, role or reach, disables themselves or makes their own link", async () => {
    const { id } = admin.person;
    const own = conflict("self_action_forbidden");
    for (const act of [
      () => update(admin, id, { name: newName() }),
      () => update(admin, id, { role: "support" }),
      () => update(admin, id, { reach: only(here!) }),
      () => disable(admin, id),
      () => renew(admin, id),
      () => disable({ ...admin, kind: "service", credentialId: randomUUID() }, id),
    ])
      await expectRefused(id, act, own);
  });

  test("gives someone a reach that they don't have", async () => {
    const local = await make("admin", [here!.orgId]);
    await expect(invite(local)).rejects.toMatchObject(beyond("reach"));
    await expect(invite(local, { reach: only(there!) })).rejects.toMatchObject(beyond("reach"));
    await expect(invite(local, { reach: { all: false, org_ids: [randomUUID()] } })).rejects.toMatchObject(
      beyond("reach"),
    );
    const { id } = await invite(local, { reach: only(here!) });
    await expectRefused(id, () => update(local, id, { reach: ALL }), beyond("reach"));
    await expectRefused(id, () => update(local, id, { reach: only(here!, there!) }), beyond("reach"));
  });

  test("gives someone permissions that they don't have, not even by a link or by enabling them", async () => {
    const permissions = new Set([...ROLE_PERMISSIONS.support, "people.manage" as const]);
    const key: Caller = { ...admin, kind: "service", permissions };
    const { person: other } = await make("admin");
    const { id } = await invite(key);
    for (const role of ["admin", "auditor"] as const) {
      await expect(invite(key, { role })).rejects.toMatchObject(beyond("role"));
      await expectRefused(id, () => update(key, id, { role }), beyond("role"));
    }
    await expectRefused(other.id, () => renew(key, other.id), beyond("role"));
    await disable(key, other.id);
    await expectRefused(other.id, () => enable(key, other.id), beyond("role"));
    expect(await update(key, other.id, { role: "support" })).toMatchObject({ role: "support" });
  });

  test("sees or changes staff with a wider reach, or a customer's people through the staff routes", async () => {
    const local = await make("admin", [here!.orgId]);
    const wide = await make("support", [here!.orgId, there!.orgId]);
    for (const { person } of [admin, wide]) {
      for (const act of [
        () => getPerson(db(), local.reach, person.id),
        () => update(local, person.id, { name: "x" }),
        () => disable(local, person.id),
        () => enable(local, person.id),
        () => renew(local, person.id),
      ])
        await expectRefused(person.id, act, GONE);
    }
    const theirs = here!.customer.person.id;
    expect(await getPerson(db(), local.reach, theirs)).toMatchObject({
      kind: "customer",
      org_id: here!.orgId,
    });
    await expectRefused(theirs, () => disable(local, theirs), GONE);
    await expect(getPerson(db(), local.reach, there!.customer.person.id)).rejects.toMatchObject(GONE);
    await expect(getPerson(db(), ALL, "no-id")).rejects.toMatchObject(GONE);
  });

  test("acts on a right that they have just lost", async () => {
    const { person } = await make("support");
    const former = await make("admin");
    const other = await make("admin");
    await Promise.all([
      disable(admin, former.person.id),
      update(admin, other.person.id, { role: "support" }),
    ]);
    await expectRefused(person.id, () => disable(former, person.id), { code: "UNAUTHORIZED" });
    await expectRefused(person.id, () => update(other, person.id, { role: "admin" }), {
      code: "PERMISSION_DENIED",
    });
    const narrowed = await make("admin");
    await update(admin, narrowed.person.id, { reach: only(here!) });
    await expectRefused(person.id, () => disable(narrowed, person.id), GONE);
  });
});

describe("last admin", () => {
  beforeEach(async () => {
    const others =
      "UPDATE people SET disabled_at = now() WHERE role = 'admin' AND id <> $1 AND disabled_at IS NULL";
    await database().owner.query(others, [admin.person.id]);
  });

  test("two disable or demote each other at once: one remains", async () => {
    for (let round = 0; round < 8; round++) {
      const rival = await make("admin");
      const [first, second] = round % 2 ? [admin, rival] : [rival, admin];
      const outcomes = await Promise.allSettled([
        disable(first, second.person.id),
        round < 4 ? disable(second, first.person.id) : update(second, first.person.id, { role: "support" }),
      ]);
      const won = outcomes.map(({ status }) => status === "fulfilled");
      expect(won.filter(Boolean)).toHaveLength(1);
      admin = won[0] ? first : second;
      expect(await getPerson(db(), ALL, admin.person.id)).toMatchObject({ state: "active", role: "admin" });
    }
  });

  test("can't be removed by anyone", async () => {
    const { id } = admin.person;
    const invited = await invite(admin, { role: "admin" });
    await database().owner.query("UPDATE people SET email_verified_at = now() WHERE id = $1", [invited.id]);
    const key: Caller = { ...admin, person: { ...admin.person, id: invited.id }, kind: "service" };
    for (const act of [
      () => disable(key, id),
      () => update(key, id, { role: "support" }),
      () => update(key, id, { reach: only(here!) }),
    ])
      await expectRefused(id, act, conflict("last_admin"));
  });

  test("the database keeps one, despite two manual changes at once", async () => {
    const rival = await make("admin");
    const demote = (id: string) =>
      database().owner.query("UPDATE people SET role = 'support' WHERE id = $1", [id]);
    const outcomes = await Promise.allSettled([demote(admin.person.id), demote(rival.person.id)]);
    const lost = outcomes.filter((each) => each.status === "rejected");
    expect(lost).toHaveLength(1);
    expect(lost[0]!.reason).toMatchObject({ constraint: "people_keep_an_admin" });
  });
});

describe("the database refuses the web server's role", () => {
  test.each([
    [
      "a change without its entry",
      "UPDATE people SET role = 'admin' WHERE id = $1",
      "people_changed_with_entry",
    ],
    ["to admit a person", "UPDATE people SET disabled_at = NULL WHERE id = $1", "people_changed_with_entry"],
    ["a wider reach", "DELETE FROM person_reach WHERE person_id = $1", "people_changed_with_entry"],
    [
      "a password without a link",
      "UPDATE people SET password_hash = 'x' WHERE id = $1",
      "people_password_by_link",
    ],
  ])("%s", async (_what, sql, constraint) => {
    const { person } = await make("support", [here!.orgId]);
    await expectRefused(person.id, () => database().app.query(sql, [person.id]), { constraint });
  });

  test.each([
    ["refused", "RAISE 'no room'", "no room"],
    ["swallowed", "RETURN NULL", "did not accept the audit entry"],
  ])("changes whose entry is %s", async (_how, deed, message) => {
    const { owner } = database();
    const { person } = await make("support");
    const { person: disabled } = await make("support");
    await disable(admin, disabled.id);
    const invited = await invite();
    const count = async () => (await owner.query("SELECT FROM people")).rowCount;
    const before = await count();
    await owner.query(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${deed}; END $$;
      CREATE TRIGGER fail BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION fail()`);
    try {
      for (const [id, act] of [
        [person.id, () => update(admin, person.id, { role: "auditor" })],
        [person.id, () => disable(admin, person.id)],
        [person.id, () => renew(admin, person.id)],
        [disabled.id, () => enable(admin, disabled.id)],
        [invited.id, () => set(tokenOf(invited))],
      ] as const)
        await expectRefused(id, act, { message: expect.stringContaining(message) });
      await expect(invite()).rejects.toThrow(message);
    } finally {
      await owner.query("DROP TRIGGER fail ON audit_entries; DROP FUNCTION fail");
    }
    expect(await count()).toBe(before);
    await set(tokenOf(invited)); // still unused
  });
});

describe("first admin", () => {
  const inviteFirst = (address: string) =>
    inviteAdmin(createOwnerClient(), {
      name: "Ida First",
      email: address,
      origin: "https://console.example",
    });

  test("invited by the owner's command, then given a new link; the system writes an entry for each", async () => {
    const address = email();
    const first = await inviteFirst(address);
    const link = await inviteFirst(address);
    await expect(set(tokenOf({ link: first }))).rejects.toMatchObject(NO_LINK);
    const { id } = await set(tokenOf({ link }));
    expect(await getPerson(db(), ALL, id)).toMatchObject({ role: "admin", reach: ALL, state: "active" });
    expect(await entriesAbout(id)).toMatchObject([
      { action: "person.invited", actor_id: PLATFORM_ORG_ID, meta: { role: "admin", reach: { all: true } } },
      { action: "person.invited", actor_id: PLATFORM_ORG_ID, meta: { is_renewal: true } },
      { action: "person.password_set", actor_id: id },
    ]);
  });

  test("can't be someone with another role", async () => {
    const { person } = await make("support");
    await expectRefused(person.id, () => inviteFirst(person.email), {
      message: expect.stringContaining("not an enabled admin"),
    });
    const { person: disabled } = await make("admin");
    await disable(admin, disabled.id);
    await expectRefused(disabled.id, () => inviteFirst(disabled.email), { name: "SetupProblem" });
  });
});

test("find people: by any spelling of their name or email", async () => {
  const { id, email } = await invite(admin, { name: "Tomáš Novák-滥用" });
  for (const text of [
    "tomas nov",
    "TOMÁŠ".normalize("NFD"),
    "ｎｏｖａｋ",
    "novák–滥用",
    "滥用",
    "Nov\u200bák",
    `Tomáš <${email}>`,
    `mailto:${email}?subject=x`,
    email.replace("@", "%40"),
  ]) {
    const { items } = await findPeople(db(), ALL, PersonListQuery.parse({ text }));
    expect([text, ...items.map((person) => person.id)]).toEqual([text, id]);
  }
});

test("find people: pages by name, each once, and by kind", async () => {
  const mark = randomUUID().slice(0, 8);
  const made: Person[] = [];
  for (const name of ["Bea", "Abe", "Cy", "Dot"]) made.push(await invite(admin, { name: `${name} ${mark}` }));
  // Older people may share a name.
  await database().owner.query("UPDATE people SET name = $2 WHERE id = $1", [made[3]!.id, made[1]!.name]);
  await disable(admin, made[2]!.id);
  const find = (query: object) => findPeople(db(), ALL, PersonListQuery.parse({ text: mark, ...query }));
  const whole = (await find({})).items;
  expect(whole.map(({ name }) => name.split(" ")[0])).toEqual(["Abe", "Abe", "Bea", "Cy"]);
  const seen: Person[] = [];
  for (let pq: string | null = ""; pq !== null;) {
    const page = await find({ limit: 1, ...(pq && { pq }) });
    seen.push(...page.items);
    pq = page.next;
  }
  expect(seen).toEqual(whole);
  expect((await find({ state: "disabled" })).items.map(({ id }) => id)).toEqual([made[2]!.id]);
  expect((await find({ state: "active" })).items).toEqual([]);
  expect((await find({ role: "admin" })).items).toEqual([]);
  expect((await find({ text: made[0]!.email.toUpperCase() })).items).toHaveLength(1);
  expect((await find({ text: "%" })).items).toEqual([]);
  const local = await make("admin", [here!.orgId]);
  const near = await findPeople(db(), local.reach, PersonListQuery.parse({}));
  expect(near.items.map(({ id }) => id)).toEqual([local.person.id]);
  const customers = await findPeople(db(), local.reach, PersonListQuery.parse({ kind: "customer" }));
  expect(customers.items.map(({ id }) => id)).toEqual([here!.customer.person.id]);
});
