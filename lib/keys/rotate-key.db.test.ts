import { beforeEach, describe, expect, test, vi } from "vitest";
import type { ApiKey } from "@/lib/contract/keys";
import { findKeyCaller } from "@/lib/identity/find-key-caller";
import type { Caller } from "@/lib/states/caller";
import { type Key, makeKey } from "@/test/credentials";
import { useDatabase } from "@/test/database";
import { type Fixture, makeStaff, seedFixture, TEST_CONTEXT } from "@/test/fixture";
import { getKey } from "./get-key";
import { revokeKey } from "./revoke-key";
import { rotateKey } from "./rotate-key";
import { suspendKey } from "./suspend-key";

vi.mock("@/lib/platform/env/env", () => ({ env: () => ({ LOG_LEVEL: "silent" }) }));

const database = useDatabase();
const context = TEST_CONTEXT;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let fixture: Fixture;
let ida: Caller;
let key: Key;

beforeEach(async () => {
  const { owner } = database();
  fixture = await seedFixture(owner);
  ida = await makeStaff(owner, "admin", "Ida");
  key = await makeKey(owner, {
    ownerId: ida.person.id,
    orgIds: [fixture.orgId],
    scopes: ["admin", "runs.cancel"],
  });
});

type Overlap = Parameters<typeof rotateKey>[1]["body"]["overlap"];
const rotate = (overlap: Overlap = "24h", caller = ida, keyId = key.id) =>
  rotateKey(database().db, { caller, context, keyId, body: { overlap } });
const read = (id = key.id): Promise<ApiKey> => getKey(database().db, { all: true }, id);
const works = async (text = key.text) => (await findKeyCaller(database().db, text)) !== undefined;
const set = (assignment: string, id = key.id) =>
  database().owner.query(`UPDATE api_keys SET ${assignment} WHERE id = $1`, [id]);
const entriesOf = async (id: string) =>
  (
    await database().owner.query<{ action: string; meta: object; actor_id: string }>(
      "SELECT action, actor_id, meta FROM audit_entries WHERE target_id = $1 ORDER BY id",
      [id],
    )
  ).rows;
const countKeys = async () => (await database().owner.query("SELECT FROM api_keys")).rowCount;
const expectRefused = async (act: () => Promise<unknown>, expected: object) => {
  const before = await countKeys();
  await expect(act()).rejects.toMatchObject(expected);
  expect(await countKeys()).toBe(before);
};
const conflict = (type: string) => ({ code: "CONFLICT", options: { errors: [{ type }] } });

test("a like key is made, both work during the overlap, and each leads to the other", async () => {
  const { key: text, ...made } = await rotate();
  const old = await read();
  expect(made).toMatchObject({
    kind: "service",
    name: key.name,
    state: "active",
    owner: { id: ida.person.id },
    scopes: ["admin", "runs.cancel"],
    reach: { all: false, org_ids: [fixture.orgId] },
    expires_at: null,
    rotated_from: key.id,
    rotated_to: null,
  });
  expect(old).toMatchObject({ state: "active", rotated_to: made.id, rotated_from: null });
  expect(Date.parse(old.expires_at!) - Date.now()).toBeGreaterThan(DAY - 60_000);
  expect(Date.parse(old.expires_at!) - Date.now()).toBeLessThanOrEqual(DAY);
  expect([await works(), await works(text!)]).toEqual([true, true]);
  const { link, last_used_at: _used, ...rest } = made;
  expect(link).toBeNull();
  expect(await read(made.id)).toMatchObject(rest);
  expect(await entriesOf(made.id)).toMatchObject([{ action: "key.created", actor_id: ida.person.id }]);
  expect(await entriesOf(key.id)).toMatchObject([
    {
      action: "key.rotated",
      actor_id: ida.person.id,
      meta: { reason: null, rotated_to: made.id, expires_at: old.expires_at, kind: "service" },
    },
  ]);
  await set("expires_at = now() - interval '1 s'");
  expect([await works(), await works(text!)]).toEqual([false, true]);
});

test("without an overlap: the old key stops at once", async () => {
  const { key: text } = await rotate("now");
  expect([await works(), await works(text!)]).toEqual([false, true]);
  expect((await read()).state).toBe("expired");
});

test.each([
  ["7d", 3 * HOUR, 3 * HOUR],
  ["1h", 3 * HOUR, HOUR],
] as const)(
  "overlap %s of a key that ends in %d ms: ends in %d ms, never later",
  async (overlap, left, ends) => {
    await set(`created_at = now() - interval '10 days', expires_at = now() + ${left} * interval '1 ms'`);
    const made = await rotate(overlap);
    const { expires_at } = await read();
    expect(Math.abs(Date.parse(expires_at!) - Date.now() - ends)).toBeLessThan(60_000);
    // The same lifetime again.
    const lifetime = Date.parse(made.expires_at!) - Date.parse(made.created_at);
    expect(Math.abs(lifetime - 10 * DAY - left)).toBeLessThan(60_000);
  },
);

test("many at once: one wins, and nothing remains of the others", async () => {
  const before = (await countKeys())!;
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => rotate()));
  const lost = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
  expect(lost).toMatchObject(Array.from({ length: 5 }, () => conflict("key_rotated")));
  expect(await countKeys()).toBe(before + 1);
  expect((await entriesOf(key.id)).map(({ action }) => action)).toEqual(["key.rotated"]);
});

test("rotated and revoked at once: a rotation that lost made no key", async () => {
  const before = (await countKeys())!;
  const revoke = revokeKey(database().db, { caller: ida, context, keyId: key.id, reason: "ticket #4821" });
  const [rotated] = await Promise.allSettled([rotate(), revoke]);
  await revoke;
  expect((await read()).state).toBe("revoked");
  expect(await countKeys()).toBe(before + (rotated.status === "fulfilled" ? 1 : 0));
  if (rotated.status === "rejected") expect(rotated.reason).toMatchObject(conflict("key_revoked"));
});

describe("refused, and nothing is made", () => {
  test("a key that was rotated, revoked, suspended or has expired", async () => {
    await suspendKey(database().db, {
      caller: ida,
      context,
      keyId: key.id,
      reason: "ticket #4821",
      minutes: 5,
    });
    await expectRefused(() => rotate(), conflict("key_suspended"));
    await set("suspended_until = NULL");
    const { id } = await rotate();
    await expectRefused(() => rotate(), conflict("key_rotated"));
    await set("expires_at = now() - interval '1 s'", id);
    await expectRefused(() => rotate("24h", ida, id), conflict("key_expired"));
    await revokeKey(database().db, { caller: ida, context, keyId: id, reason: "ticket #4821" });
    await expectRefused(() => rotate("24h", ida, id), conflict("key_revoked"));
  });

  test("a key out of reach: not found", async () => {
    const other = await seedFixture(database().owner);
    const desk: Caller = { ...ida, reach: { all: false, orgIds: [other.orgId] } };
    await expectRefused(() => rotate("24h", desk), { code: "KEY_NOT_FOUND" });
  });

  test("someone else without keys.manage; a manager, for a colleague's key", async () => {
    const support = await makeStaff(database().owner, "support");
    const required = { options: { errors: [{ type: "permission_required" }] } };
    await expectRefused(() => rotate("24h", support), required);
    const ben = await makeStaff(database().owner, "admin", "Ben");
    const manager: Caller = { ...ben, permissions: new Set(["keys.read", "keys.manage"]) };
    await expectRefused(() => rotate("24h", manager), {
      options: { errors: [{ type: "owner_must_be_you" }] },
    });
  });

  test("the key alone, even if its owner could", async () => {
    const byKey: Caller = { ...ida, kind: "service", permissions: new Set(["keys.read", "runs.cancel"]) };
    await expectRefused(() => rotate("24h", byKey), { code: "PERMISSION_DENIED" });
  });

  test("an owner who was disabled", async () => {
    const ben = await makeStaff(database().owner, "admin", "Ben");
    await database().owner.query("UPDATE people SET disabled_at = now() WHERE id = $1", [ida.person.id]);
    await expectRefused(() => rotate("24h", ben), { code: "PERMISSION_DENIED" });
  });
});

test("owner without keys.manage: rotates their own key, but can't prolong it", async () => {
  const { owner } = database();
  const support = await makeStaff(owner, "support", "Sam");
  const own = await makeKey(owner, { ownerId: support.person.id, orgId: fixture.orgId });
  await set("created_at = now() - interval '10 days', expires_at = now() + interval '5 days'", own.id);
  const { expires_at } = await read(own.id);
  const made = await rotate("7d", support, own.id);
  expect(made).toMatchObject({ kind: "inference", org_id: fixture.orgId, expires_at });
  expect((await read(own.id)).expires_at).toBe(expires_at);
});

describe("the database", () => {
  const app = (sql: string) => database().app.query(sql, [key.id]);

  test("the web server can't extend a key, end one without rotating it, or undo a rotation", async () => {
    await set("expires_at = now() + interval '1 day'");
    const denied = { code: "42501", constraint: "api_keys_end_by_rotation" };
    for (const end of ["NULL", "'infinity'", "now() + interval '2 days'", "now()"])
      await expect(app(`UPDATE api_keys SET expires_at = ${end} WHERE id = $1`)).rejects.toMatchObject(
        denied,
      );
    await rotate();
    await expect(app("UPDATE api_keys SET rotated_to = NULL WHERE id = $1")).rejects.toMatchObject({
      constraint: "api_keys_rotated_once",
    });
    await expect(app("UPDATE api_keys SET expires_at = now() WHERE id = $1")).rejects.toMatchObject(denied);
  });

  test("no entry of a rotation without one", async () => {
    await expect(
      database().app.query(
        `INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
           target_label, source, request_id, meta)
         VALUES (uuidv7(), 'key.rotated', clock_timestamp(), 'user', $2::uuid, 'Ida', 'key', $1, 'x', 'api', 'req_x',
           jsonb_build_object('reason', NULL, 'ticket', NULL, 'rotated_to', $2::text))`,
        [key.id, ida.person.id],
      ),
    ).rejects.toMatchObject({ constraint: "audit_entries_with_deed" });
  });

  test("no rotation without its entry", async () => {
    const other = await makeKey(database().owner, { ownerId: ida.person.id });
    await expect(
      database().app.query("UPDATE api_keys SET rotated_to = $2, expires_at = now() WHERE id = $1", [
        key.id,
        other.id,
      ]),
    ).rejects.toMatchObject({ constraint: "api_keys_rotated_with_entry" });
  });
});
