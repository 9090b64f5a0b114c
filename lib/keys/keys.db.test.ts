import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { CreateKeyBody, ServiceKeyBody } from "@/lib/contract/keys";
import { KeyListQuery } from "@/lib/contract/keys";
import { findKeyCaller } from "@/lib/identity/find-key-caller";
import { createRun } from "@/lib/runs/create-run";
import type { Caller, Reach } from "@/lib/states/caller";
import { type Permission, ROLE_PERMISSIONS, ROLES } from "@/lib/states/permissions";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { type Key, makeKey, makePerson } from "@/test/credentials";
import { useDatabase } from "@/test/database";
import { seedFixture, makeStaff, type Fixture, TEST_CONTEXT } from "@/test/fixture";
import { claimKey } from "./claim-key";
import { createKey } from "./create-key";
import { findKeyOwners } from "./find-key-owners";
import { findKeys } from "./find-keys";
import { getKey } from "./get-key";
import { revokeKey } from "./revoke-key";

vi.mock("@/lib/platform/env/env", () => ({
  env: () => ({
    CURSOR_SECRET: "the secret of this test, long enough",
    LOG_LEVEL: "silent",
    NEXTAUTH_URL: "https://console.example",
  }),
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
/** Creates a key for a customer's person, who claims it. */
async function createClaimed(body = inferenceKey()) {
  const { id, link } = await create(body);
  const token = new URL(link!).hash.slice(1);
  const { key } = await claimKey(database().db, { context: TEST_CONTEXT, body: { token } });
  return { ...(await getKey(database().db, ida.reach, id)), key };
}
const revoke = (keyId: string, caller = ida, reason = "ticket #4821: abuse") =>
  revokeKey(database().db, { caller, context: TEST_CONTEXT, keyId, reason });
const within = (...orgIds: string[]): Reach => ({ all: false, orgIds });
const named = (...orgIds: string[]) => ({ all: false, org_ids: orgIds }) as const;

async function entriesAbout(id: string) {
  const { rows } = await database().owner.query(
    "SELECT org_id, action, actor_id, target_type, target_label, occurred_at, meta FROM audit_entries WHERE target_id = $1 ORDER BY occurred_at, id",
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
    const { key: secret, link, ...made } = await create(body);
    const key = secret!;
    expect(link).toBeNull();
    expect(made).toMatchObject({
      kind: "service",
      prefix: key.slice(0, 12),
      state: "active",
      owner: { id: ida.person.id },
      maker: { id: ida.person.id },
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
          maker: made.maker,
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

  test("of a customer: reaches its organization, with its entries in the customer's chain", async () => {
    const { key, ...made } = await createClaimed();
    expect(made).toMatchObject({ org_id: one!.orgId, scopes: null, reach: named(one!.orgId) });
    expect((await findKeyCaller(database().db, key))?.reach).toEqual(within(one!.orgId));
    expect(await entriesAbout(made.id)).toMatchObject([
      { org_id: one!.orgId, action: "key.created", meta: { is_pending: true } },
      { org_id: one!.orgId, action: "key.claimed" },
    ]);
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
    const whole = await script(ROLE_PERMISSIONS.admin.slice());
    await create(everything, whole);
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
  const NOT_YOU = {
    code: "PERMISSION_DENIED",
    options: { errors: [expect.objectContaining({ type: "owner_must_be_you" })] },
  };

  test("anyone but the caller, for a service key and for a tester's key", async () => {
    const { id: owner_id } = await makePerson(database().owner, { role: "admin" });
    for (const id of [owner_id, one!.customer.person.id, randomUUID()])
      await expectNone(() => create(serviceKey({ owner_id: id })), NOT_YOU);
    await expectNone(() => create({ ...inferenceKey(), owner_id }), NOT_YOU);
    const own = await create(serviceKey({ owner_id: ida.person.id.toUpperCase() }));
    expect(own.owner.id).toBe(ida.person.id);
  });

  test("a key that someone else made for its owner makes no keys", async () => {
    const { owner, db } = database();
    const maker = await makePerson(owner, { role: "admin" });
    const old = await makeKey(owner, { ownerId: ida.person.id, madeBy: maker.id, scopes: ["admin"] });
    const caller = (await findKeyCaller(db, old.text))!;
    await expectNone(() => create(serviceKey(), caller), NOT_YOU);
    await expectNone(() => create(inferenceKey(), caller), NOT_YOU);
  });

  test("for an inference key, who is disabled, unverified, unknown, or can't access its customer", async () => {
    const { owner } = database();
    await owner.query("UPDATE people SET disabled_at = now() WHERE id = $1", [one!.customer.person.id]);
    await expectNone(() => create(inferenceKey()), atField("no_owner"));
    await owner.query("UPDATE people SET disabled_at = NULL, email_verified_at = NULL WHERE id = $1", [
      one!.customer.person.id,
    ]);
    await expectNone(() => create(inferenceKey()), atField("no_owner"));
    for (const owner_id of [two!.customer.person.id, randomUUID()])
      await expectNone(() => create({ ...inferenceKey(), owner_id }), atField("no_owner"));
  });

  test("the database refuses a working key in someone else's name, or without a maker", async () => {
    const { owner, app } = database();
    const { id: other } = await makePerson(owner, { role: "admin" });
    const insert = (kind: string, ownerId: string, madeBy: string | null, orgId: string | null) =>
      app.query(
        `INSERT INTO api_keys (kind, name, prefix, hash, owner_id, created_by, org_id, scopes)
         VALUES ($1, 'Forged', 'rf_svc_12345', sha256(uuidv7()::text::bytea), $2, $3, $4, '{}')`,
        [kind, ownerId, madeBy, orgId],
      );
    const refused = { constraint: "api_keys_for_oneself" };
    const customer = one!.customer.person.id;
    await expect(insert("service", other, ida.person.id, null)).rejects.toMatchObject(refused);
    await expect(insert("service", other, null, null)).rejects.toMatchObject(refused);
    await expect(insert("inference", customer, ida.person.id, one!.orgId)).rejects.toMatchObject(refused);
  });
});

describe("inference key of a staff person, for testing", () => {
  test("made by that person alone, and shown to them", async () => {
    const { key, link, ...made } = await create({ ...inferenceKey(), owner_id: ida.person.id });
    expect(link).toBeNull();
    expect(made).toMatchObject({
      state: "active",
      owner: { id: ida.person.id },
      maker: { id: ida.person.id },
    });
    expect(await findKeyCaller(database().db, key!)).toMatchObject({ credentialId: made.id });
  });

  const permissionsOf = async (key: string) => [...(await findKeyCaller(database().db, key))!.permissions];

  test("creates runs of the customer as that person, and does what their role includes", async () => {
    const tester = await makePerson(database().owner, { orgIds: [one!.orgId] });
    const { text: key } = await makeKey(database().owner, { ownerId: tester.id, orgId: one!.orgId });
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
    const { text: key, id } = await makeKey(owner, { ownerId: tester.id, orgId: one!.orgId });
    const other = await makeKey(owner, { ownerId: tester.id, orgId: two!.orgId });
    const stateOf = async (keyId: string) => (await getKey(db, ida.reach, keyId)).state;
    await owner.query("DELETE FROM person_reach WHERE person_id = $1 AND org_id = $2", [
      tester.id,
      one!.orgId,
    ]);
    expect(await findKeyCaller(db, key)).toBeUndefined();
    expect(await findKeyCaller(db, other.text)).toMatchObject({ credentialId: other.id });
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
    const { id, key } = await createClaimed();
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

  test("last used first, then never used ones, newest first, in pages", async () => {
    const mark = randomUUID().slice(0, 8);
    const ids: string[] = [];
    for (const _ of [0, 1, 2, 3]) ids.push((await create(serviceKey({ name: mark }))).id);
    await database().owner.query(
      "UPDATE api_keys SET last_used_at = now() - interval '1 day' WHERE id = $1",
      [ids[1]],
    );
    await database().owner.query("UPDATE api_keys SET last_used_at = now() WHERE id = $1", [ids[0]]);
    const query = KeyListQuery.parse({ text: mark, limit: 3, sort_by: "last_used_at:desc" });
    const first = await findKeys(database().db, ida.reach, query);
    const second = await findKeys(database().db, ida.reach, { ...query, pq: first.next! });
    const back = await findKeys(database().db, ida.reach, { ...query, pq: second.previous! });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([ids[0], ids[1], ids[3], ids[2]]);
    expect(back.items).toEqual(first.items);
    await expect(
      findKeys(database().db, ida.reach, { ...query, sort_by: "created_at:desc", pq: first.next! }),
    ).rejects.toMatchObject({ code: "VALIDATION_ERROR" });
  });

  test("filtered by kind, owner, organization, and text in name or prefix", async () => {
    const mark = randomUUID().slice(0, 8);
    const service = await create(serviceKey({ name: `100% ${mark}` }));
    const other = await create(serviceKey({ name: `100 ${mark}`, reach: named(two!.orgId) }));
    const customer = await createClaimed({ ...inferenceKey(), name: `Shop ${mark}` });
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
        await make({ madeBy: (await makePerson(owner, { isDisabled: true })).id }),
      ],
      revoked: [await make({ isExpired: true })],
    };
    await revoke(expected.revoked[0]!);
    for (const [state, found] of Object.entries(expected))
      expect(await ids({ text: name, state })).toEqual(found.toReversed());
  });
});

test("possible owners: the customer's people, and the caller", async () => {
  const { owner, db } = database();
  await makePerson(owner, { role: "admin", orgIds: [one!.orgId] });
  const { id, name, email } = ida.person;
  expect(await findKeyOwners(db, ida, one!.orgId)).toEqual([
    { id: one!.customer.person.id, name: "Customer", email: expect.any(String), role: null },
    { id, name, email, role: "admin" },
  ]);
  const auditor = await makeStaff(owner, "auditor");
  expect((await findKeyOwners(db, auditor, one!.orgId)).map((each) => each.role)).toEqual([null]);
  const caller = { ...ida, reach: within(one!.orgId) };
  await expect(findKeyOwners(db, caller, two!.orgId)).rejects.toMatchObject({
    code: "ORGANIZATION_MEMBERSHIP_REQUIRED",
  });
});
