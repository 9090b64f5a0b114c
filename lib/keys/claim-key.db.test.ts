import { beforeEach, describe, expect, test, vi } from "vitest";
import { findKeyCaller } from "@/lib/identity/find-key-caller";
import { PENDING_PREFIX } from "@/lib/states/key";
import type { Caller } from "@/lib/states/caller";
import { useDatabase } from "@/test/database";
import { seedFixture, makeStaff, type Fixture, TEST_CONTEXT } from "@/test/fixture";
import { claimKey } from "./claim-key";
import { createClaimLink } from "./create-claim-link";
import { createKey } from "./create-key";
import { getKey } from "./get-key";
import { revokeKey } from "./revoke-key";
import { suspendKey } from "./suspend-key";

vi.mock("@/lib/platform/env/env", () => ({
  env: () => ({ LOG_LEVEL: "silent", NEXTAUTH_URL: "https://console.example" }),
}));

const database = useDatabase();
let fixture: Fixture;
let ida: Caller;

beforeEach(async () => {
  fixture = await seedFixture(database().owner);
  ida = await makeStaff(database().owner, "admin", "Ida");
});

const create = async () => {
  const { customer, orgId } = fixture;
  const body = { kind: "inference", name: "Shop", owner_id: customer.person.id, org_id: orgId } as const;
  return createKey(database().db, { caller: ida, context: TEST_CONTEXT, body });
};
const tokenOf = (link: string | null) => new URL(link!).hash.slice(1);
const claim = (token: string) => claimKey(database().db, { context: TEST_CONTEXT, body: { token } });
const renew = (keyId: string, caller = ida) =>
  createClaimLink(database().db, { caller, context: TEST_CONTEXT, keyId });
const stateOf = async (id: string) => (await getKey(database().db, { all: true }, id)).state;
const GONE = { code: "KEY_LINK_NOT_FOUND" };

async function entriesAbout(id: string) {
  const { rows } = await database().owner.query<Record<string, unknown>>(
    "SELECT action, actor_id, actor_name, actor_email, meta FROM audit_entries WHERE target_id = $1 ORDER BY occurred_at, id",
    [id],
  );
  return rows;
}

/** Checks that a link is refused, and that the key stays without a secret. */
async function expectUnclaimed(id: string, token: string): Promise<void> {
  await expect(claim(token)).rejects.toMatchObject(GONE);
  const { rows } = await database().owner.query("SELECT hash, prefix FROM api_keys WHERE id = $1", [id]);
  expect(rows).toEqual([{ hash: null, prefix: PENDING_PREFIX }]);
  expect((await entriesAbout(id)).filter(({ action }) => action === "key.claimed")).toEqual([]);
}

describe("key for a customer's person", () => {
  test("pending, without a secret, until its link shows it once; no one is named but the holder", async () => {
    const { id, key, link, state, link_expires_at } = await create();
    expect({ key, state }).toEqual({ key: null, state: "pending" });
    expect(link).toMatch(/^https:\/\/console\.example\/claim-key#[\w-]{43}$/);
    expect(Date.parse(link_expires_at!) - Date.now()).toBeGreaterThan(6.9 * 86_400_000);
    const claimed = await claim(tokenOf(link));
    expect(claimed).toMatchObject({ id, name: "Shop", key: expect.stringMatching(/^rf_live_\w{38}$/) });
    expect(await findKeyCaller(database().db, claimed.key)).toMatchObject({
      credentialId: id,
      person: { id: fixture.customer.person.id },
      actor: { maker: { id: ida.person.id, name: "Ida", email: ida.person.email } },
    });
    expect(await getKey(database().db, ida.reach, id)).toMatchObject({
      state: "active",
      prefix: claimed.key.slice(0, 12),
      link_expires_at: null,
    });
    await expect(claim(tokenOf(link))).rejects.toMatchObject(GONE);
    const made_by = { id: ida.person.id, name: "Ida", email: ida.person.email };
    expect((await entriesAbout(id)).at(-1)).toMatchObject({
      action: "key.claimed",
      actor_id: fixture.customer.person.id,
      actor_name: "Holder of the link made by Ida",
      actor_email: null,
      meta: { maker: made_by, link: { made_by } },
    });
  });

  test("claimed by many at once: one gets the key", async () => {
    const { id, link } = await create();
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => claim(tokenOf(link))));
    const keys = results.flatMap((result) => (result.status === "fulfilled" ? [result.value.key] : []));
    expect(keys).toHaveLength(1);
    expect(await findKeyCaller(database().db, keys[0]!)).toMatchObject({ credentialId: id });
    expect((await entriesAbout(id)).filter(({ action }) => action === "key.claimed")).toHaveLength(1);
  });

  test("claimed and revoked at once: never a working key after the revocation", async () => {
    for (let round = 0; round < 10; round++) {
      const { id, link } = await create();
      const [claimed] = await Promise.allSettled([
        claim(tokenOf(link)),
        revokeKey(database().db, { caller: ida, context: TEST_CONTEXT, keyId: id, reason: "wrong person" }),
      ]);
      expect(await stateOf(id)).toBe("revoked");
      if (claimed.status === "rejected") await expectUnclaimed(id, tokenOf(link));
      else expect(await findKeyCaller(database().db, claimed.value.key)).toBeUndefined();
    }
  });
});

describe("key link: refused, with a security event, when", () => {
  test("unknown or expired", async () => {
    const { owner } = database();
    const { id, link } = await create();
    await owner.query(
      "UPDATE key_claims SET created_at = now() - interval '8 days', expires_at = now() - interval '1 day' WHERE key_id = $1",
      [id],
    );
    await expectUnclaimed(id, tokenOf(link));
    await expect(claim("unknown")).rejects.toMatchObject(GONE);
    const { rows } = await owner.query(
      "SELECT path, status FROM security_events WHERE kind = 'key_link.refused' ORDER BY id DESC LIMIT 2",
    );
    expect(rows).toEqual([1, 2].map(() => ({ path: "/v1/auth/key-claims", status: 404 })));
  });

  test("the key was revoked, is suspended or has expired", async () => {
    const { owner, db } = database();
    const command = { caller: ida, context: TEST_CONTEXT, reason: "wrong person" };
    const [revoked, suspended, expired] = [await create(), await create(), await create()];
    await revokeKey(db, { ...command, keyId: revoked.id });
    await suspendKey(db, { ...command, keyId: suspended.id, minutes: 5 });
    await owner.query("UPDATE api_keys SET expires_at = now() WHERE id = $1", [expired.id]);
    for (const { id, link } of [revoked, suspended, expired]) await expectUnclaimed(id, tokenOf(link));
    await owner.query("UPDATE api_keys SET suspended_until = NULL WHERE id = $1", [suspended.id]);
    expect((await claim(tokenOf(suspended.link))).id).toBe(suspended.id);
  });

  test("its owner or its maker is disabled, until they are enabled", async () => {
    const { owner } = database();
    for (const personId of [fixture.customer.person.id, ida.person.id]) {
      const { id, link } = await create();
      await owner.query("UPDATE people SET disabled_at = now() WHERE id = $1", [personId]);
      await expectUnclaimed(id, tokenOf(link));
      expect(await stateOf(id)).toBe("suspended");
      await owner.query("UPDATE people SET disabled_at = NULL WHERE id = $1", [personId]);
      expect((await claim(tokenOf(link))).id).toBe(id);
    }
  });

  test("a newer link replaced it", async () => {
    const { id, link } = await create();
    const renewed = await renew(id);
    expect(renewed).toMatchObject({ id, state: "pending" });
    await expectUnclaimed(id, tokenOf(link));
    expect((await claim(tokenOf(renewed.link))).id).toBe(id);
    expect((await entriesAbout(id)).map(({ action }) => action)).toEqual([
      "key.created",
      "key.link_created",
      "key.claimed",
    ]);
  });
});

describe("new key link: refused", () => {
  test("for anyone but the maker, who could claim the key with it", async () => {
    const { id, link } = await create();
    const ben = await makeStaff(database().owner, "admin", "Ben");
    await expect(renew(id, ben)).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
      options: { errors: [{ type: "maker_must_be_you" }] },
    });
    expect((await claim(tokenOf(link))).id).toBe(id);
  });

  test("for a key that was claimed or revoked", async () => {
    const [claimed, revoked] = [await create(), await create()];
    await claim(tokenOf(claimed.link));
    await revokeKey(database().db, { caller: ida, context: TEST_CONTEXT, keyId: revoked.id, reason: "old" });
    for (const { id } of [claimed, revoked])
      await expect(renew(id)).rejects.toMatchObject({
        code: "CONFLICT",
        options: { errors: [{ type: "key_not_pending" }] },
      });
  });

  test("or the claim is, when both come at once", async () => {
    for (let round = 0; round < 10; round++) {
      const { id, link } = await create();
      const [claimed, renewed] = await Promise.allSettled([claim(tokenOf(link)), renew(id)]);
      expect([claimed.status, renewed.status].toSorted()).toEqual(["fulfilled", "rejected"]);
      if (renewed.status === "fulfilled") expect((await claim(tokenOf(renewed.value.link))).id).toBe(id);
    }
  });
});

describe("database: refuses the web server", () => {
  test("a secret without a used link, another secret, and a claim without its entry", async () => {
    const { app } = database();
    const setSecret = "UPDATE api_keys k SET hash = sha256('x'), prefix = 'rf_live_0000'";
    const { id, link } = await create();
    await expect(app.query(`${setSecret} WHERE id = $1`, [id])).rejects.toMatchObject({
      constraint: "api_keys_claimed_by_link",
    });
    const useLink = `WITH used AS (
        UPDATE key_claims SET used_at = date_trunc('milliseconds', clock_timestamp()) WHERE key_id = $1 RETURNING key_id)
      ${setSecret} FROM used WHERE k.id = used.key_id`;
    await expect(app.query(useLink, [id])).rejects.toMatchObject({
      constraint: "api_keys_claimed_with_entry",
    });
    await claim(tokenOf(link));
    await expect(app.query(useLink, [id])).rejects.toMatchObject({ constraint: "api_keys_claimed_by_link" });
  });

  test("a link that lives longer than a week", async () => {
    const { id } = await create();
    await expect(
      database().app.query("UPDATE key_claims SET expires_at = now() + interval '8 days' WHERE key_id = $1", [
        id,
      ]),
    ).rejects.toMatchObject({ constraint: "key_claims_are_short_lived" });
  });
});
