import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { disablePerson } from "@/lib/people/disable-person";
import { enablePerson } from "@/lib/people/enable-person";
import { getPerson } from "@/lib/people/get-person";
import { renewInvitation } from "@/lib/people/renew-invitation";
import { updatePerson } from "@/lib/people/update-person";
import type { OidcProvider } from "@/lib/platform/env/oidc-providers";
import { makePerson } from "@/test/credentials";
import { useDatabase } from "@/test/database";
import { makeStaff, seedFixture, type Fixture, TEST_CONTEXT } from "@/test/fixture";
import { giveApp, giveRecoveryCode } from "@/test/second-factor";
import type { ProviderAccount } from "./read-account";
import { signInWithProvider } from "./sign-in-with-provider";

const { providers } = vi.hoisted(() => ({ providers: [] as OidcProvider[] }));
vi.mock("@/lib/platform/env/env", () => ({
  env: () => ({
    OIDC_PROVIDERS: providers,
    BREAK_GLASS_EMAILS: ["break.glass@company.example"],
    SESSION_HOURS: 12,
    TICKET_PATTERN: "",
    TICKET_URL: "",
  }),
}));

const database = useDatabase();
let [here, there]: (Fixture & { slug: string })[] = [];
let provider: OidcProvider;

async function slugOf({ orgId }: Fixture): Promise<string> {
  const { rows } = await database().owner.query<{ slug: string }>(
    "SELECT slug FROM organizations WHERE id = $1",
    [orgId],
  );
  return rows[0]!.slug;
}

beforeEach(async () => {
  const fixtures = [await seedFixture(database().owner), await seedFixture(database().owner)];
  [here, there] = await Promise.all(
    fixtures.map(async (fixture) => ({ ...fixture, slug: await slugOf(fixture) })),
  );
  provider = {
    id: "okta",
    name: "Okta",
    issuer: `https://${randomUUID()}.okta.example`,
    client_id: "console",
    client_secret: "secret",
    scopes: "openid",
    groups_claim: "groups",
    access: [
      { group: "here", role: "support", organizations: [here!.slug] },
      { group: "there", role: "auditor", organizations: [there!.slug] },
      { group: "admins", role: "admin", organizations: "all" },
      { group: "typo", role: "admin", organizations: ["no-such-customer"] },
    ],
    link_by_email: false,
    trust_email: false,
    signing_alg: "RS256",
  };
  providers.splice(0, providers.length, provider);
});

const newAccount = (traits: Partial<ProviderAccount> = {}): ProviderAccount => {
  const subject = randomUUID();
  return { subject, name: "Kim New", email: `${subject}@company.example`, groups: ["here"], ...traits };
};
const signIn = (account: ProviderAccount, at = provider) =>
  signInWithProvider(database().db, {
    provider: at,
    account,
    refreshToken: undefined,
    context: TEST_CONTEXT,
    formerSessionIds: [],
  });

async function personOf({ subject }: ProviderAccount) {
  const { rows } = await database().owner.query<{
    id: string;
    name: string;
    email: string;
    role: string;
    is_verified: boolean;
    is_disabled: boolean;
    has_password: boolean;
    all: boolean;
    org_ids: string[];
    open_sessions: number;
  }>(
    `SELECT p.id, p.name, p.email, p.role, p.email_verified_at IS NOT NULL AS is_verified,
       p.disabled_at IS NOT NULL AS is_disabled, p.password_hash IS NOT NULL AS has_password,
       p.reaches_all_orgs AS all, ARRAY(SELECT org_id FROM person_reach WHERE person_id = p.id ORDER BY 1) AS org_ids,
       (SELECT count(*)::int FROM sessions WHERE person_id = p.id AND ended_at IS NULL) AS open_sessions
     FROM people p JOIN identities i ON i.person_id = p.id WHERE i.subject = $1`,
    [subject],
  );
  expect(rows.length).toBeLessThanOrEqual(1);
  return rows[0];
}

async function entriesOf(personId: string) {
  const { rows } = await database().owner.query<{
    action: string;
    actor_type: string;
    actor_name: string;
    meta: Record<string, unknown>;
  }>(
    `SELECT action, actor_type, actor_name, meta FROM audit_entries
     WHERE target_id = $1 AND target_type = 'person' ORDER BY id`,
    [personId],
  );
  return rows;
}

const everyone = async () =>
  (await database().owner.query("SELECT * FROM people ORDER BY id")).rows as unknown[];

describe("first sign-in", () => {
  test("makes the person with the groups' highest role and all their customers", async () => {
    const account = newAccount({ groups: ["here", "there", "unrelated"] });
    expect(await signIn(account)).toEqual({ sessionId: expect.any(String) });
    const person = (await personOf(account))!;
    expect(person).toMatchObject({
      name: "Kim New",
      email: account.email,
      role: "auditor",
      is_verified: true,
      has_password: false,
      all: false,
      org_ids: [here!.orgId, there!.orgId].toSorted(),
      open_sessions: 1,
    });
    expect(await entriesOf(person.id)).toEqual([
      {
        action: "person.provisioned",
        actor_type: "system",
        actor_name: "Identity provider Okta",
        meta: expect.objectContaining({
          role: "auditor",
          provider: "okta",
          subject: account.subject,
        }) as object,
      },
    ]);
  });

  test("twice at once: one person, two sessions", async () => {
    const account = newAccount();
    const results = await Promise.all([signIn(account), signIn(account), signIn(account)]);
    expect(results.filter((result) => "sessionId" in result)).toHaveLength(3);
    const person = (await personOf(account))!;
    expect(person.open_sessions).toBe(3);
    expect((await entriesOf(person.id)).map(({ action }) => action)).toEqual(["person.provisioned"]);
  });

  test.each([
    ["no group", { groups: [] }, "no_access"],
    ["no group with access", { groups: ["unrelated"] }, "no_access"],
    ["a group whose customer doesn't exist", { groups: ["typo"] }, "no_access"],
    ["no verified email", { email: undefined }, "email_unverified"],
  ])("%s: refused, and nothing changes", async (_why, traits, failure) => {
    const before = await everyone();
    expect(await signIn(newAccount(traits))).toEqual({ failure });
    expect(await everyone()).toEqual(before);
  });

  test("the same subject at two issuers: two people", async () => {
    const account = newAccount();
    const other = { ...provider, id: "other", issuer: "https://other.example" };
    await signIn(account);
    expect(await signIn({ ...account, email: `${randomUUID()}@company.example` }, other)).toHaveProperty(
      "sessionId",
    );
    const { rows } = await database().owner.query(
      "SELECT count(DISTINCT person_id)::int AS people FROM identities WHERE subject = $1",
      [account.subject],
    );
    expect(rows).toEqual([{ people: 2 }]);
  });
});

describe("later sign-in", () => {
  test("twenty in a quarter hour: the next ones are refused, other people's aren't", async () => {
    const account = newAccount();
    for (let n = 0; n < 20; n++) expect(await signIn(account)).toHaveProperty("sessionId");
    const { id } = (await personOf(account))!;
    const count = () => database().db.session.count({ where: { personId: id } });
    for (let n = 0; n < 2; n++) expect(await signIn(account)).toEqual({ failure: "too_many" });
    expect(await count()).toBe(20);
    expect(await signIn(newAccount())).toHaveProperty("sessionId");
  });

  test("unchanged: leaves no entry", async () => {
    const account = newAccount();
    await signIn(account);
    await signIn(account);
    const person = (await personOf(account))!;
    expect((await entriesOf(person.id)).map(({ action }) => action)).toEqual(["person.provisioned"]);
  });

  test("role, reach, name and email follow the provider, with an entry", async () => {
    const account = newAccount();
    await signIn(account);
    const email = `${randomUUID()}@company.example`;
    await signIn({ ...account, name: "Kim Newer", email, groups: ["admins"] });
    const person = (await personOf(account))!;
    expect(person).toMatchObject({ name: "Kim Newer", email, role: "admin", all: true, org_ids: [] });
    const [, updated] = await entriesOf(person.id);
    expect(updated).toMatchObject({
      action: "person.updated",
      meta: {
        provider: "okta",
        changes: {
          name: ["Kim New", "Kim Newer"],
          email: [account.email, email],
          role: ["support", "admin"],
          reach: [
            { all: false, org_ids: [here!.orgId] },
            { all: true, org_ids: null },
          ],
        },
      },
    });
  });

  test("email that someone else has, or none: the former one stays", async () => {
    const [account, other] = [newAccount(), newAccount()];
    await signIn(account);
    await signIn(other);
    for (const email of [other.email, undefined])
      expect(await signIn({ ...account, email })).toHaveProperty("sessionId");
    expect(await personOf(account)).toMatchObject({ email: account.email });
  });

  test("removed from all groups: disabled, sessions end; back in a group: enabled", async () => {
    const account = newAccount();
    await signIn(account);
    const removed = { ...account, groups: [] };
    expect(await signIn(removed)).toEqual({ failure: "no_access" });
    const person = (await personOf(account))!;
    expect(person).toMatchObject({ is_disabled: true, open_sessions: 0 });
    expect(await signIn(removed)).toEqual({ failure: "no_access" });
    expect(await signIn(account)).toHaveProperty("sessionId");
    expect(await personOf(account)).toMatchObject({ is_disabled: false, open_sessions: 1 });
    expect((await entriesOf(person.id)).map(({ action, meta }) => [action, meta["reason"]])).toEqual([
      ["person.provisioned", null],
      ["person.disabled", "Okta gives this person no access"],
      ["person.enabled", "Okta gives this person access again"],
    ]);
  });

  test("disabled by an admin: stays disabled, also after the provider had disabled them before", async () => {
    const account = newAccount();
    const admin = await makeStaff(database().owner, "admin", "Boss");
    for (const groups of [["here"], [], ["here"]]) await signIn({ ...account, groups });
    const { id } = (await personOf(account))!;
    await disablePerson(database().db, {
      caller: admin,
      context: TEST_CONTEXT,
      personId: id,
      reason: "under investigation",
    });
    expect(await signIn(account)).toEqual({ failure: "disabled" });
    expect(await signIn({ ...account, groups: [] })).toEqual({ failure: "disabled" });
    expect(await personOf(account)).toMatchObject({ is_disabled: true, open_sessions: 0 });
  });
});

test("changes by hand: refused, as the provider would undo them", async () => {
  const account = newAccount();
  const caller = await makeStaff(database().owner, "admin", "Boss");
  await signIn(account);
  const { id: personId } = (await personOf(account))!;
  const by = { caller, context: TEST_CONTEXT, personId, reason: "ticket #4821" };
  const refusal = { code: "CONFLICT", options: { errors: [{ type: "managed_by_provider" }] } };
  const { db } = database();
  await expect(updatePerson(db, { ...by, body: { role: "admin" } })).rejects.toMatchObject(refusal);
  await expect(updatePerson(db, { ...by, body: { name: "Kim" } })).rejects.toMatchObject(refusal);
  await expect(renewInvitation(db, by)).rejects.toMatchObject(refusal);
  await signIn({ ...account, groups: [] });
  await expect(enablePerson(db, by)).rejects.toMatchObject(refusal);
  expect(await getPerson(db, { all: true }, personId)).toMatchObject({
    state: "disabled",
    identity_provider: { id: "okta", name: "Okta", has_disabled: true },
  });
  await signIn(account);
  await disablePerson(db, by);
  expect(await enablePerson(db, by)).toMatchObject({
    outcome: "transitioned",
    person: { state: "active", identity_provider: { has_disabled: false } },
  });
});

describe("email of someone who is known", () => {
  const failure = { failure: "email_taken" };

  test("not linked unless the provider may", async () => {
    const { email, id } = await makePerson(database().owner);
    expect(await signIn(newAccount({ email }))).toEqual(failure);
    expect(await entriesOf(id)).toEqual([]);
  });

  test("linked: loses the password, link and sessions; groups decide from now on", async () => {
    provider.link_by_email = true;
    await makePerson(database().owner, { role: "admin" });
    const { email, id } = await makePerson(database().owner, { role: "admin" });
    await database().owner.query(
      "INSERT INTO sessions (person_id, expires_at) VALUES ($1, now() + interval '1 hour')",
      [id],
    );
    const account = newAccount({ email });
    expect(await signIn(account)).toHaveProperty("sessionId");
    expect(await personOf(account)).toMatchObject({
      id,
      role: "support",
      all: false,
      has_password: false,
      open_sessions: 1,
    });
    const { rows } = await database().owner.query(
      "SELECT meta ->> 'cause' AS cause FROM audit_entries WHERE action = 'session.ended' AND target_label = $1",
      [email],
    );
    expect(rows).toEqual([{ cause: "identity_linked" }]);
    expect((await entriesOf(id)).map(({ action, meta }) => [action, meta["changes"]])).toEqual([
      ["person.updated", { sign_in: ["password", "Okta"] }],
      [
        "person.updated",
        expect.objectContaining({ name: expect.any(Array) as unknown, role: ["admin", "support"] }),
      ],
    ]);
  });

  test("with a second factor: loses that too, and signs in with the provider alone", async () => {
    provider.link_by_email = true;
    const { owner } = database();
    await makePerson(owner, { role: "admin" });
    const person = await makePerson(owner);
    await giveApp(owner, person);
    await giveRecoveryCode(owner, person, "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF");
    expect(await signIn(newAccount({ email: person.email }))).toHaveProperty("sessionId");
    const { rows } = await owner.query(
      `SELECT (SELECT count(*)::int FROM recovery_codes WHERE person_id = $1) AS codes,
         removed_at IS NOT NULL AS is_removed, secret FROM second_factors WHERE person_id = $1`,
      [person.id],
    );
    expect(rows).toEqual([{ codes: 0, is_removed: true, secret: null }]);
  });

  test("of a break-glass admin: never linked nor made", async () => {
    provider.link_by_email = true;
    expect(await signIn(newAccount({ email: "break.glass@company.example" }))).toEqual(failure);
  });

  test("of a customer's person: never linked", async () => {
    provider.link_by_email = true;
    const { rows } = await database().owner.query<{ email: string }>(
      "SELECT email FROM people WHERE id = $1",
      [here!.customer.person.id],
    );
    expect(await signIn(newAccount({ email: rows[0]!.email }))).toEqual(failure);
  });

  test("of another provider's person: linked only once that provider is no longer configured", async () => {
    const former = { ...provider, id: "former", issuer: "https://former.example" };
    providers.push(former);
    const account = newAccount();
    await signIn(account, former);
    provider.link_by_email = true;
    const moved = newAccount({ email: account.email });
    expect(await signIn(moved)).toEqual(failure);
    providers.pop();
    expect(await signIn(moved)).toHaveProperty("sessionId");
    expect(await personOf(moved)).toMatchObject({ email: account.email });
    expect(await personOf(account)).toBeUndefined();
  });

  test("of a person whom an admin disabled: not linked", async () => {
    provider.link_by_email = true;
    const { email, id } = await makePerson(database().owner, { isDisabled: true });
    expect(await signIn(newAccount({ email }))).toEqual({ failure: "disabled" });
    expect(await entriesOf(id)).toEqual([]);
  });

  test("of the last admin with a password: not linked", async () => {
    provider.link_by_email = true;
    await makePerson(database().owner, { role: "admin" });
    await database().owner.query(
      "UPDATE people SET role = 'auditor' WHERE password_hash IS NOT NULL AND role = 'admin' AND id <> (SELECT id FROM people WHERE role = 'admin' AND password_hash IS NOT NULL AND reaches_all_orgs AND disabled_at IS NULL LIMIT 1)",
    );
    const { rows } = await database().owner.query<{ email: string }>(
      `SELECT email FROM people p WHERE is_last_admin(p.id)`,
    );
    expect(rows).toHaveLength(1);
    expect(await signIn(newAccount({ email: rows[0]!.email, groups: ["admins"] }))).toEqual({
      failure: "last_admin",
    });
  });
});

test("sign-in whose entry the database refuses: makes no person", async () => {
  const { owner } = database();
  await owner.query(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no room'; END $$;
    CREATE TRIGGER fail BEFORE INSERT ON audit_entries FOR EACH ROW WHEN (NEW.action = 'session.started')
    EXECUTE FUNCTION fail()`);
  const before = await everyone();
  try {
    await expect(signIn(newAccount())).rejects.toThrow("no room");
  } finally {
    await owner.query("DROP TRIGGER fail ON audit_entries; DROP FUNCTION fail");
  }
  expect(await everyone()).toEqual(before);
});

describe("database refuses", () => {
  const ENTRY = `INSERT INTO audit_entries (org_id, action, actor_type, actor_id, actor_name, target_type, target_id,
    target_label, source, request_id, meta) SELECT '00000000-0000-0000-0000-000000000000', 'person.updated', 'system',
    '00000000-0000-0000-0000-000000000000', 'Test', 'person', $1, '', 'system', 'req_test', '{"reason": null, "ticket": null}'`;

  async function attempt(id: string, ...statements: string[]): Promise<void> {
    const client = await database().app.connect();
    try {
      await client.query("BEGIN");
      await client.query("UPDATE people SET updated_at = now() WHERE id = $1", [id]);
      for (const statement of statements) await client.query(statement, [id]);
      await client.query("COMMIT");
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  }
  const IDENTITY =
    "INSERT INTO identities (person_id, provider, issuer, subject) VALUES ($1, 'okta', 'x', gen_random_uuid())";

  test("an identity next to a password, or for a customer's person", async () => {
    const { id } = await makePerson(database().owner);
    for (const each of [id, here!.customer.person.id])
      await expect(attempt(each, IDENTITY, ENTRY)).rejects.toThrow(
        "signs in with a password, or is no staff",
      );
  });

  test("an identity without an entry", async () => {
    const { person } = await makeStaff(database().owner, "support");
    await expect(attempt(person.id, IDENTITY)).rejects.toThrow("without an audit entry");
    await attempt(person.id, IDENTITY, ENTRY);
  });

  test("a password next to an identity", async () => {
    const account = newAccount();
    await signIn(account);
    const { id } = (await personOf(account))!;
    const set = "UPDATE people SET password_hash = 'x' WHERE id = $1";
    await expect(attempt(id, set, ENTRY)).rejects.toThrow("without a link");
    await expect(database().owner.query(set, [id])).rejects.toThrow("signs in with an identity provider");
  });

  test("another email for a person without an identity", async () => {
    const { id } = await makePerson(database().owner);
    const change = "UPDATE people SET email = gen_random_uuid()::text || '@x.example' WHERE id = $1";
    await expect(attempt(id, change, ENTRY)).rejects.toThrow("without an identity provider");
  });
});
