import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { CreateKeyBody, ServiceKeyBody } from "@/lib/contract/keys";
import { KeyListQuery } from "@/lib/contract/keys";
import { findKeyCaller } from "@/lib/identity/find-key-caller";
import { createRun } from "@/lib/runs/create-run";
import type { Caller, Reach } from "@/lib/states/caller";
import { type Permission, type Role, ROLE_PERMISSIONS, ROLES } from "@/lib/states/permissions";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { type Key, makeKey, makePerson } from "@/test/credentials";
import { useDatabase } from "@/test/database";
import { seedFixture, makeStaff, type Fixture, TEST_CONTEXT } from "@/test/fixture";
import { createKey } from "./create-key";
import { findKeyOwners } from "./find-key-owners";
import { findKeys } from "./find-keys";
import { getKey } from "./get-key";
import { revokeKey } from "./revoke-key";

vi.mock("@/lib/platform/env/env", () => ({
  env: () => ({ CURSOR_SECRET: "the secret of this test, long enough", LOG_LEVEL: "silent" }),
}));

const database = useDatabase();
let [one, two]: Fixture[] = [];
let ida: Caller;

beforeEach(async () => {
  const { owner } = database();
  [one, two] = [await seedFixture(owner), await seedFixture(owner)];
  ida = await makeStaff(owner, "admin", "Ida");
});

const serviceKey = (traits: Partial<ServiceKeyBody> = {}): ServiceKeyBody => ({
  kind: "service",
  name: "Automation",
  owner_id: ida.person.id,
  scopes: ["admin", "runs.cancel"],
  reach: { all: true },
  ...traits,
});
const inferenceKey = (fixture = one!): CreateKeyBody => ({
  kind: "inference",
  name: "Production",
  owner_id: fixture.customer.person.id,
  org_id: fixture.orgId,
});
const create = (body: CreateKeyBody, caller = ida) =>
  createKey(database().db, { caller, context: TEST_CONTEXT, body });
const revoke = (keyId: string, caller = ida, reason = "ticket #4821: abuse") =>
  revokeKey(database().db, { caller, context: TEST_CONTEXT, keyId, reason });
const within = (...orgIds: string[]): Reach => ({ all: false, orgIds });
const named = (...orgIds: string[]) => ({ all: false, org_ids: orgIds }) as const;

async function entriesAbout(id: string) {
  const { rows } = await database().owner.query(
    "SELECT org_id, action, actor_id, target_type, target_label, occurred_at, meta FROM audit_entries WHERE target_id = $1",
    [id],
  );
  return rows as Record<string, unknown>[];
}

const countKeys = async () => (await database().owner.query("SELECT FROM api_keys")).rowCount;

/** Checks that creating a key is refused and leaves nothing behind. */
async function expectNone(made: () => Promise<unknown>, refusal: object): Promise<void> {
  const before = [await countKeys(), (await database().owner.query("SELECT FROM audit_entries")).rowCount];
  await expect(made()).rejects.toMatchObject(refusal);
  const after = [await countKeys(), (await database().owner.query("SELECT FROM audit_entries")).rowCount];
  expect(after).toEqual(before);
}

const atField = (type: string) => ({
  code: "VALIDATION_ERROR",
  options: { errors: [expect.objectContaining({ type })] },
});

describe("new key", () => {
  test("works; only its prefix and hash are stored; its entry has its permissions and owner", async () => {
    const expires = "2099-01-01T00:00:00.000+00:00";
    const body = serviceKey({ reach: named(one!.orgId, two!.orgId), expires_at: expires });
    const { key, ...made } = await create(body);
    expect(made).toMatchObject({
      kind: "service",
      prefix: key.slice(0, 12),
      state: "active",
      org_id: null,
      expires_at: expires,
      revoked_at: null,
      last_used_at: null,
      last_used_ip: null,
    });
    expect(made.reach.org_ids?.toSorted()).toEqual([one!.orgId, two!.orgId].toSorted());
    expect(await getKey(database().db, ida.reach, made.id)).toEqual(made);
    const caller = await findKeyCaller(database().db, key);
    expect(caller).toMatchObject({ credentialId: made.id, isAdmitted: true });
    expect([...caller!.permissions]).toEqual(["runs.cancel"]);
    expect(await entriesAbout(made.id)).toMatchObject([
      {
        org_id: PLATFORM_ORG_ID,
        action: "key.created",
        actor_id: ida.person.id,
        target_type: "key",
        target_label: `Automation ${made.prefix}`,
        meta: {
          kind: "service",
          owner: made.owner,
          scopes: made.scopes,
          reach: made.reach,
          expires_at: expires,
        },
      },
    ]);
    const { rows } = await database().owner.query<{ text: string }>(
      "SELECT row_to_json(k)::text AS text FROM api_keys k UNION ALL SELECT row_to_json(e)::text FROM audit_entries e",
    );
    expect(rows.map(({ text }) => text).join()).not.toContain(key.slice(12));
  });

  test("of a customer: reaches its organization, with its entry in the customer's chain", async () => {
    const { key, ...made } = await create(inferenceKey());
    expect(made).toMatchObject({ org_id: one!.orgId, scopes: null, reach: named(one!.orgId) });
    expect((await findKeyCaller(database().db, key))?.reach).toEqual(within(one!.orgId));
    expect(await entriesAbout(made.id)).toMatchObject([{ org_id: one!.orgId, action: "key.created" }]);
  });

  test("already expired: refused", () =>
    expectNone(() => create(serviceKey({ expires_at: "2020-01-01T00:00:00Z" })), atField("not_in_future")));

  test.each([
    ["refused", "RAISE 'no room'", "no room"],
    ["swallowed", "RETURN NULL", "did not accept the audit entry"],
  ])("without its entry, %s by the database: not created", async (_how, deed, message) => {
    const { owner } = database();
    await owner.query(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${deed}; END $$;
      CREATE TRIGGER fail BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION fail()`);
    try {
      const body = serviceKey({ reach: named(one!.orgId) });
      await expectNone(() => create(body), { message: expect.stringContaining(message) });
      const { id } = await makeKey(owner, { ownerId: ida.person.id });
      await expect(revoke(id)).rejects.toThrow(/no room|was changed without an audit entry/);
      expect((await getKey(database().db, ida.reach, id)).state).toBe("active");
    } finally {
      await owner.query("DROP TRIGGER fail ON audit_entries; DROP FUNCTION fail");
    }
  });
});

describe("key beyond its creator's rights: refused for", () => {
  const EXCEEDS = {
    code: "PERMISSION_DENIED",
    options: { errors: [expect.objectContaining({ type: "exceeds_own_permissions" })] },
  };
  const BEYOND = { code: "ORGANIZATION_MEMBERSHIP_REQUIRED" };
  /** A service key as a verb gets it from the route. */
  const script = async (permissions: Permission[], reach: Reach = { all: true }): Promise<Caller> => {
    const key = await makeKey(database().owner, {
      ownerId: ida.person.id,
      scopes: ["admin", ...permissions],
    });
    return {
      ...ida,
      kind: "service",
      credentialId: key.id,
      permissions: new Set(permissions),
      scopes: ["admin", ...permissions],
      reach,
    };
  };

  test("a scope that the creator lacks", async () => {
    const caller = await script(["keys.manage", "runs.read", "runs.cancel"]);
    await expectNone(() => create(serviceKey({ scopes: ["admin", "audit.read"] }), caller), EXCEEDS);
    await create(serviceKey({ scopes: ["admin", "keys.manage", "runs.read", "runs.cancel"] }), caller);
  });

  test("creating runs, which staff can't do", () =>
    expectNone(() => create(serviceKey({ scopes: ["runs.create"] })), EXCEEDS));

  test("payloads, which people must reveal but keys read unmasked", async () => {
    const permissions = new Set<Permission>(["keys.manage", "runs.read"]);
    const caller = { ...ida, permissions };
    await expectNone(() => create(serviceKey({ scopes: ["runs.read"] }), caller), EXCEEDS);
    await create(serviceKey({ scopes: ["runs.read"] }), await script([...permissions]));
  });

  test("all organizations, one out of reach, or a missing one", async () => {
    const caller = { ...ida, reach: within(one!.orgId) };
    await expectNone(() => create(serviceKey(), caller), BEYOND);
    await expectNone(() => create(serviceKey({ reach: named(one!.orgId, two!.orgId) }), caller), BEYOND);
    await expectNone(() => create(serviceKey({ reach: named(randomUUID()) })), BEYOND);
    await expectNone(() => create(inferenceKey(two), caller), BEYOND);
    expect((await create(serviceKey({ reach: named(one!.orgId.toUpperCase()) }), caller)).reach).toEqual(
      named(one!.orgId),
    );
    await create(inferenceKey(one), caller);
  });

  test("everything its owner may do, if the creator may do less", async () => {
    const caller = await script(["keys.manage", "runs.cancel"]);
    const everything = serviceKey({ scopes: ["admin"] });
    await expectNone(() => create(everything, caller), EXCEEDS);
    await expectNone(() => create(everything, { ...ida, permissions: new Set(["keys.manage"]) }), EXCEEDS);
    expect((await create(everything)).scopes).toEqual(["admin"]);
    const { id: owner_id } = await makePerson(database().owner, { role: "support" });
    await expectNone(() => create(serviceKey({ scopes: ["admin"], owner_id }), caller), EXCEEDS);
    const whole = await script(["keys.manage", ...ROLE_PERMISSIONS.support]);
    await create(serviceKey({ scopes: ["admin"], owner_id }), whole);
  });

  test("a customer's key, by a script that only manages keys", async () => {
    const manager = await script(["keys.manage"]);
    await expectNone(() => create(inferenceKey(), manager), EXCEEDS);
    const caller = await script([
      "keys.manage",
      "runs.read",
      "webhooks.manage",
      "deliveries.redeliver",
      "billing.read",
    ]);
    await create(inferenceKey(), caller);
  });

  test("a creator's key that was revoked meanwhile", async () => {
    const caller = await script(["keys.manage", "runs.cancel"]);
    await revoke(caller.credentialId);
    await expectNone(() => create(serviceKey(), caller), { code: "UNAUTHORIZED" });
  });
});

describe("owner: refused", () => {
  test.each<[string, Role, Partial<ServiceKeyBody>]>([
    ["with a scope that their role lacks", "support", { scopes: ["admin", "keys.manage"] }],
    ["of a key that sees payloads they may not reveal", "auditor", { scopes: ["admin", "runs.read"] }],
    ["of a key that does everything they may, including payloads", "auditor", { scopes: ["admin"] }],
  ])("%s", async (_what, role, traits) => {
    const { id: owner_id } = await makePerson(database().owner, { role });
    await expectNone(() => create(serviceKey({ owner_id, ...traits })), atField("exceeds_owner"));
  });

  test("of a key that reaches more than they do", async () => {
    const person = await makePerson(database().owner, { orgIds: [one!.orgId] });
    const wish = (reach: ServiceKeyBody["reach"]) => serviceKey({ owner_id: person.id, reach });
    await expectNone(() => create(wish({ all: true })), atField("exceeds_owner"));
    await expectNone(() => create(wish(named(one!.orgId, two!.orgId))), atField("exceeds_owner"));
    expect((await create(wish(named(one!.orgId)))).owner.id).toBe(person.id);
  });

  test("who is disabled, unverified, unknown, or a customer's person", async () => {
    const { owner } = database();
    const disabled = await makePerson(owner, { role: "admin", isDisabled: true });
    const unverified = await makePerson(owner, { role: "admin", isVerified: false });
    const customer = one!.customer.person;
    for (const owner_id of [disabled.id, unverified.id, customer.id, randomUUID()])
      await expectNone(() => create(serviceKey({ owner_id })), atField("no_owner"));
    const elsewhere = await makePerson(owner, { role: "admin", orgIds: [two!.orgId] });
    const auditor = await makePerson(owner, { role: "auditor" });
    for (const { id: owner_id } of [two!.customer.person, elsewhere, auditor, disabled, unverified])
      await expectNone(() => create({ ...inferenceKey(), owner_id }), atField("no_owner"));
  });
});

describe("inference key of a staff person, for testing", () => {
  const permissionsOf = async (key: string) => [...(await findKeyCaller(database().db, key))!.permissions];

  test("creates runs of the customer as that person, and does what their role includes", async () => {
    const tester = await makePerson(database().owner, { orgIds: [one!.orgId] });
    const { key, ...made } = await create({ ...inferenceKey(), owner_id: tester.id });
    expect(made).toMatchObject({ kind: "inference", owner: { id: tester.id, role: "support" } });
    const caller = (await findKeyCaller(database().db, key))!;
    expect(caller).toMatchObject({ kind: "inference", isAdmitted: false, reach: within(one!.orgId) });
    expect(await permissionsOf(key)).toEqual([
      "runs.read",
      "runs.create",
      "deliveries.redeliver",
      "billing.read",
    ]);
    const run = await createRun(database().db, caller, {
      model: one!.model,
      body: { input: {} },
      context: TEST_CONTEXT,
    });
    expect(run.created_by).toBe(tester.id);
    await database().owner.query("UPDATE people SET role = 'auditor' WHERE id = $1", [tester.id]);
    expect(await permissionsOf(key)).toEqual(["runs.create", "billing.read"]);
  });

  test("stops working when its owner is disabled or loses the customer", async () => {
    const { owner, db } = database();
    const tester = await makePerson(owner, { orgIds: [one!.orgId, two!.orgId] });
    const { key, id } = await create({ ...inferenceKey(), owner_id: tester.id });
    const other = await create({ ...inferenceKey(two), owner_id: tester.id });
    const stateOf = async (keyId: string) => (await getKey(db, ida.reach, keyId)).state;
    await owner.query("DELETE FROM person_reach WHERE person_id = $1 AND org_id = $2", [
      tester.id,
      one!.orgId,
    ]);
    expect(await findKeyCaller(db, key)).toBeUndefined();
    expect(await findKeyCaller(db, other.key)).toMatchObject({ credentialId: other.id });
    expect([await stateOf(id), await stateOf(other.id)]).toEqual(["suspended", "active"]);
    await owner.query("UPDATE people SET reaches_all_orgs = true WHERE id = $1", [tester.id]);
    expect(await findKeyCaller(db, key)).toMatchObject({ credentialId: id });
    await owner.query("UPDATE people SET disabled_at = now() WHERE id = $1", [tester.id]);
    expect(await findKeyCaller(db, key)).toBeUndefined();
    expect(await stateOf(id)).toBe("suspended");
  });
});

describe("service key with only the admin scope", () => {
  test.each(ROLES)("does what an owner with the role %s may, and follows role changes", async (role) => {
    const { owner, db } = database();
    // The last admin can't lose the role.
    await makePerson(owner, { role: "admin" });
    const { id: ownerId } = await makePerson(owner, { role });
    const key = await makeKey(owner, { ownerId, scopes: ["admin"] });
    const find = async () => (await findKeyCaller(db, key.text))!;
    expect([...(await find()).permissions]).toEqual(ROLE_PERMISSIONS[role]);
    expect((await find()).actor.owner).toMatchObject({ id: ownerId, role });
    await owner.query("UPDATE people SET role = 'support' WHERE id = $1", [ownerId]);
    expect([...(await find()).permissions]).toEqual(ROLE_PERMISSIONS.support);
    await owner.query("UPDATE api_keys SET scopes = '{admin,runs.cancel,keys.manage}' WHERE id = $1", [
      key.id,
    ]);
    expect([...(await find()).permissions]).toEqual(["runs.cancel"]);
  });
});

describe("revoked key", () => {
  test("stops working permanently, with an entry that says who and why", async () => {
    const { id, key } = await create(inferenceKey());
    const { outcome, key: revoked } = await revoke(id);
    expect(outcome).toBe("transitioned");
    expect(revoked).toMatchObject({ id, state: "revoked", revoked_at: expect.any(String) });
    expect(await findKeyCaller(database().db, key)).toBeUndefined();
    const ben = await makeStaff(database().owner, "admin", "Ben");
    expect(await revoke(id, ben, "again")).toEqual({ outcome: "unchanged", key: revoked });
    const entries = await entriesAbout(id);
    expect(entries.filter(({ action }) => action === "key.revoked")).toMatchObject([
      {
        org_id: one!.orgId,
        actor_id: ida.person.id,
        target_label: `Production ${revoked.prefix}`,
        occurred_at: new Date(revoked.revoked_at!),
        meta: { reason: "ticket #4821: abuse", ticket: "#4821", kind: "inference", owner: revoked.owner },
      },
    ]);
  });

  test("many revocations at once: one succeeds, with one entry", async () => {
    const { id } = await create(serviceKey());
    const callers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => makeStaff(database().owner, "admin", `Admin ${index}`)),
    );
    const results = await Promise.all(callers.map((caller) => revoke(id, caller)));
    expect(results.filter(({ outcome }) => outcome === "transitioned")).toHaveLength(1);
    expect(new Set(results.map(({ key }) => JSON.stringify(key))).size).toBe(1);
    const winner = callers[results.findIndex(({ outcome }) => outcome === "transitioned")]!;
    const entries = (await entriesAbout(id)).filter(({ action }) => action === "key.revoked");
    expect(entries.map(({ actor_id }) => actor_id)).toEqual([winner.person.id]);
  });

  test("out of reach: not found, and unchanged", async () => {
    const caller = { ...ida, reach: within(one!.orgId) };
    const [everywhere, both, nowhere] = [
      await create(serviceKey()),
      await create(serviceKey({ reach: named(one!.orgId, two!.orgId) })),
      await makeKey(database().owner, { ownerId: ida.person.id, orgIds: [] }),
    ];
    for (const { id } of [everywhere, both, nowhere, await create(inferenceKey(two)), { id: randomUUID() }]) {
      await expect(revoke(id, caller)).rejects.toMatchObject({ code: "KEY_NOT_FOUND" });
      await expect(getKey(database().db, caller.reach, id)).rejects.toMatchObject({ code: "KEY_NOT_FOUND" });
    }
    await expect(revoke("no-id", caller)).rejects.toMatchObject({ code: "KEY_NOT_FOUND" });
    for (const { id } of [everywhere, both, nowhere])
      expect((await getKey(database().db, ida.reach, id)).state).toBe("active");
    const own = await create(serviceKey({ reach: named(one!.orgId) }), caller);
    expect((await revoke(own.id.toUpperCase(), caller)).outcome).toBe("transitioned");
  });
});

describe("database", () => {
  test.each(["app", "owner"] as const)("refuses a revocation without an entry, as the %s", async (role) => {
    const { owner, [role]: sql } = database();
    const { id } = await makeKey(owner, { ownerId: ida.person.id });
    await expect(
      sql.query("UPDATE api_keys SET revoked_at = now() WHERE id = $1", [id]),
    ).rejects.toMatchObject({
      constraint: "api_keys_revoked_with_entry",
    });
  });

  test.each(["revoked_at = NULL", "revoked_at = now()", "scopes = '{}'", "expires_at = now()"])(
    "refuses a change to a revoked key: %s",
    async (change) => {
      const { id } = await create(serviceKey());
      await revoke(id);
      const changing = database().owner.query(`UPDATE api_keys SET ${change} WHERE id = $1`, [id]);
      await expect(changing).rejects.toMatchObject({ constraint: "api_keys_revoked_is_final" });
    },
  );

  test("refuses a revocation without a reason", async () => {
    const { rows } = await database().owner.query<{ id: string }>("SELECT id FROM api_keys LIMIT 1");
    await expect(
      database().app.query(
        `INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
           target_label, source, request_id, meta)
         VALUES (uuidv7(), 'key.revoked', now(), 'system', uuidv7(), 'x', 'key', $1, 'x', 'system', 'req_x', '{"reason": null, "ticket": null}')`,
        [rows[0]!.id],
      ),
    ).rejects.toMatchObject({ constraint: "audit_entries_revocation_has_reason" });
  });

  test("accepts a reach only while creating a key", async () => {
    const { owner, app } = database();
    const { id } = await makeKey(owner, { ownerId: ida.person.id, orgIds: [one!.orgId] });
    const widen = (client: { query: typeof app.query }, of: string) =>
      client.query("SELECT give_reach($1, ARRAY[$2::uuid])", [of, two!.orgId]);
    await expect(widen(app, id)).rejects.toMatchObject({ code: "42501" });
    const { id: everywhere } = await create(serviceKey());
    await expect(widen(app, everywhere)).rejects.toMatchObject({ code: "42501" });
  });
});

describe("list of keys", () => {
  const list = async (query: object, reach: Reach = ida.reach) =>
    (await findKeys(database().db, reach, KeyListQuery.parse(query))).items;
  const ids = async (...given: Parameters<typeof list>) => (await list(...given)).map(({ id }) => id);

  test("in reach, newest first, in pages", async () => {
    const made: Key["id"][] = [];
    for (let n = 0; n < 5; n++) made.unshift((await create(inferenceKey())).id);
    const reach = within(one!.orgId);
    const query = KeyListQuery.parse({ limit: 2, org_id: one!.orgId });
    const first = await findKeys(database().db, reach, query);
    const second = await findKeys(database().db, reach, { ...query, pq: first.next! });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(made.slice(0, 4));
    expect(await ids({}, within(two!.orgId))).not.toEqual(expect.arrayContaining(made));
    await expect(
      findKeys(database().db, reach, { ...query, kind: "service", pq: first.next! }),
    ).rejects.toMatchObject({ code: "VALIDATION_ERROR" });
  });

  test("filtered by kind, owner, organization, and text in name or prefix", async () => {
    const mark = randomUUID().slice(0, 8);
    const service = await create(serviceKey({ name: `100% ${mark}` }));
    const other = await create(serviceKey({ name: `100 ${mark}`, reach: named(two!.orgId) }));
    const customer = await create({ ...inferenceKey(), name: `Shop ${mark}` });
    const of = (query: object) => ids({ text: mark, ...query });
    expect(await of({})).toEqual([customer.id, other.id, service.id]);
    expect(await of({ kind: "inference" })).toEqual([customer.id]);
    expect(await of({ owner_id: ida.person.id })).toEqual([other.id, service.id]);
    expect(await of({ org_id: one!.orgId })).toEqual([customer.id, service.id]);
    expect(await of({ org_id: two!.orgId.toUpperCase() })).toEqual([other.id, service.id]);
    expect(await ids({ text: `0% ${mark}`.toUpperCase() })).toEqual([service.id]);
    const spelled = await create(serviceKey({ name: `Müller’s – ${mark}` }));
    for (const text of [`muller's - ${mark}`, `Mu\u0308ller’s\u00a0– ${mark}\u200b`, `ＭＵＬＬＥＲ`])
      expect(await ids({ text })).toContain(spelled.id);
    for (const text of [customer.prefix, customer.key, ` ${customer.prefix.slice(2)} `])
      expect(await ids({ text })).toContain(customer.id);
  });

  test("shows each key's state, and filters by it", async () => {
    const { owner } = database();
    const name = randomUUID();
    const make = async (traits: object, ownerId = ida.person.id) => {
      const { id } = await makeKey(owner, { ownerId, ...traits });
      await owner.query("UPDATE api_keys SET name = $2 WHERE id = $1", [id, name]);
      return id;
    };
    const expected = {
      active: [await make({})],
      expired: [await make({ isExpired: true })],
      suspended: [
        await make({}, (await makePerson(owner, { isDisabled: true })).id),
        await make({}, (await makePerson(owner, { isVerified: false })).id),
      ],
      revoked: [await make({ isExpired: true })],
    };
    await revoke(expected.revoked[0]!);
    for (const [state, found] of Object.entries(expected))
      expect(await ids({ text: name, state })).toEqual(found.toReversed());
  });
});

test("possible owners: limited to the caller's reach", async () => {
  const { owner } = database();
  const person = await makePerson(owner, { orgIds: [one!.orgId, two!.orgId] });
  const reach = within(one!.orgId);
  const staff = await findKeyOwners(database().db, reach, undefined);
  const { id, name, email, role } = person;
  expect(staff.find((each) => each.id === id)).toEqual({ id, name, email, role, reach: named(one!.orgId) });
  expect(staff.find((each) => each.id === ida.person.id)?.reach).toEqual(named(one!.orgId));
  const everywhere = await findKeyOwners(database().db, ida.reach, undefined);
  expect(everywhere.find((each) => each.id === ida.person.id)?.reach).toEqual({ all: true, org_ids: null });
  const auditor = await makePerson(owner, { role: "auditor" });
  const elsewhere = await makePerson(owner, { role: "admin", orgIds: [two!.orgId] });
  const [first, ...testers] = await findKeyOwners(database().db, reach, one!.orgId);
  expect(first).toMatchObject({ id: one!.customer.person.id, role: null, reach: named(one!.orgId) });
  expect(testers).toContainEqual({ id, name, email, role, reach: named(one!.orgId) });
  expect(testers.every((tester) => tester.role !== null)).toBe(true);
  for (const { id: other } of [auditor, elsewhere])
    expect(testers.map((each) => each.id)).not.toContain(other);
  await expect(findKeyOwners(database().db, reach, two!.orgId)).rejects.toMatchObject({
    code: "ORGANIZATION_MEMBERSHIP_REQUIRED",
  });
});
