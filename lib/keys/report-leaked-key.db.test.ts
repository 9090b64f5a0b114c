import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { findKeyCaller } from "@/lib/identity/find-key-caller";
import { generateKey } from "@/lib/identity/key";
import type { Caller } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { type Key, makeKey } from "@/test/credentials";
import { useDatabase } from "@/test/database";
import { type Fixture, makeStaff, seedFixture, TEST_CONTEXT } from "@/test/fixture";
import { findOwnNotices } from "./find-own-notices";
import { getKey } from "./get-key";
import { reportLeakedKey } from "./report-leaked-key";
import { revokeKey } from "./revoke-key";

vi.mock("@/lib/platform/env/env", () => ({ env: () => ({ LOG_LEVEL: "silent" }) }));

const database = useDatabase();
const URL_FOUND = "https://github.example/acme/app/blob/main/.env";
let fixture: Fixture;
let ida: Caller;
let key: Key;

beforeEach(async () => {
  const { owner } = database();
  fixture = await seedFixture(owner);
  ida = await makeStaff(owner, "admin", "Ida");
  key = await makeKey(owner, { ownerId: ida.person.id, scopes: ["admin"] });
});

/** Each report comes from its own address, so that the limit doesn't matter. */
const report = (text = key.text, source_url: string | null = URL_FOUND) =>
  reportLeakedKey(database().db, {
    context: { ...TEST_CONTEXT, ip: `2001:db8:${Math.floor(Math.random() * 0xffff).toString(16)}::1` },
    body: { key: text, source_url },
  });
const entries = async () =>
  (
    await database().owner.query<{ target_id: string; meta: object }>(
      "SELECT org_id, actor_type, actor_id, actor_name, target_id, meta FROM audit_entries WHERE action = 'key.revoked' AND target_id = $1",
      [key.id],
    )
  ).rows;
const noticesOf = async (id: string) =>
  (await database().owner.query("SELECT kind FROM key_notices WHERE key_id = $1", [id])).rows;

test("working key: revoked by the system, with where it was found, and its owner sees it", async () => {
  await report();
  expect(await findKeyCaller(database().db, key.text)).toBeUndefined();
  expect(await getKey(database().db, ida.reach, key.id)).toMatchObject({
    state: "revoked",
    leak: { source_url: URL_FOUND },
  });
  expect(await entries()).toMatchObject([
    {
      org_id: PLATFORM_ORG_ID,
      actor_type: "system",
      actor_id: PLATFORM_ORG_ID,
      meta: { reason: "Reported as leaked", source_url: URL_FOUND, kind: "service" },
    },
  ]);
  expect(await noticesOf(key.id)).toEqual([{ kind: "leaked" }]);
  expect((await findOwnNotices(database().db, ida)).map(({ id }) => id)).toEqual([key.id]);
  expect(await findOwnNotices(database().db, fixture.support)).toEqual([]);
});

test("reported by many at once: one entry, one notice", async () => {
  await Promise.all(Array.from({ length: 8 }, () => report()));
  expect(await entries()).toHaveLength(1);
  expect(await noticesOf(key.id)).toHaveLength(1);
});

test("reported while being revoked by a person: one of them wins, and only then is it a leak", async () => {
  const revoke = revokeKey(database().db, {
    caller: ida,
    context: TEST_CONTEXT,
    keyId: key.id,
    reason: "ticket #4821: abuse",
  });
  const [, { outcome }] = await Promise.all([report(), revoke]);
  expect(await entries()).toHaveLength(1);
  const { leak } = await getKey(database().db, ida.reach, key.id);
  expect(leak).toEqual(outcome === "transitioned" ? null : { source_url: URL_FOUND });
  expect(await noticesOf(key.id)).toHaveLength(outcome === "transitioned" ? 0 : 1);
});

test("suspended and expired keys: revoked, too", async () => {
  const { owner } = database();
  await owner.query("UPDATE api_keys SET suspended_until = now() + interval '1 h' WHERE id = $1", [key.id]);
  await report();
  const expired = await makeKey(owner, { ownerId: ida.person.id, isExpired: true });
  await report(expired.text, null);
  for (const { id } of [key, expired])
    expect(await getKey(database().db, ida.reach, id)).toMatchObject({ state: "revoked" });
});

test("unknown and revoked keys: received, and nothing happens", async () => {
  await report(generateKey("service"));
  await revokeKey(database().db, {
    caller: ida,
    context: TEST_CONTEXT,
    keyId: key.id,
    reason: "ticket #4821: abuse",
  });
  await report();
  expect(await entries()).toHaveLength(1);
  expect((await getKey(database().db, ida.reach, key.id)).leak).toBeNull();
  expect(await noticesOf(key.id)).toEqual([]);
});

test.each(["", "rf_live_", `rf_svc_${randomUUID()}`, "password"])("no key, %j: refused", async (text) => {
  await expect(report(text)).rejects.toMatchObject({
    code: "VALIDATION_ERROR",
    options: { errors: [{ type: "not_a_key", loc: ["body", "key"] }] },
  });
});

test("rolled back: a key whose entry can't be written stays as it was", async () => {
  await expect(report(key.text, "x".repeat(2_001))).rejects.toMatchObject({
    message: expect.stringContaining("api_keys_leak_url"),
  });
  expect(await getKey(database().db, ida.reach, key.id)).toMatchObject({ state: "active", leak: null });
  expect(await entries()).toEqual([]);
  expect(await noticesOf(key.id)).toEqual([]);
});

describe("the database", () => {
  test("a leaked key is revoked, and neither is undone", async () => {
    const { app } = database();
    await expect(
      app.query("UPDATE api_keys SET is_leaked = true WHERE id = $1", [key.id]),
    ).rejects.toMatchObject({ constraint: "api_keys_leaked_is_revoked" });
    await report();
    await expect(
      app.query("UPDATE api_keys SET is_leaked = false, leak_url = NULL WHERE id = $1", [key.id]),
    ).rejects.toMatchObject({ constraint: "api_keys_revoked_is_final" });
  });
});
