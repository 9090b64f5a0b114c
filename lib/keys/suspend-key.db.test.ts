import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { findKeyCaller } from "@/lib/identity/find-key-caller";
import type { Caller } from "@/lib/states/caller";
import { type Key, makeKey, makePerson } from "@/test/credentials";
import { useDatabase } from "@/test/database";
import { type Fixture, makeStaff, seedFixture, TEST_CONTEXT } from "@/test/fixture";
import { createKey } from "./create-key";
import { getKey } from "./get-key";
import { revokeKey } from "./revoke-key";
import { resumeKey, suspendKey } from "./suspend-key";

vi.mock("@/lib/platform/env/env", () => ({ env: () => ({ LOG_LEVEL: "silent" }) }));

const database = useDatabase();
const REASON = "ticket #4821: abuse";
let fixture: Fixture;
let ida: Caller;
let key: Key;

beforeEach(async () => {
  const { owner } = database();
  fixture = await seedFixture(owner);
  ida = await makeStaff(owner, "admin", "Ida");
  key = await makeKey(owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId });
});

const suspend = (id = key.id, caller = ida, minutes = 60, reason = REASON) =>
  suspendKey(database().db, { caller, context: TEST_CONTEXT, keyId: id, reason, minutes });
const resume = (id = key.id, caller = ida, reason: string | null = null) =>
  resumeKey(database().db, { caller, context: TEST_CONTEXT, keyId: id, reason });
const revoke = (id = key.id, caller = ida) =>
  revokeKey(database().db, { caller, context: TEST_CONTEXT, keyId: id, reason: REASON });
const read = (id = key.id) => getKey(database().db, ida.reach, id);
const works = async (text = key.text) => (await findKeyCaller(database().db, text)) !== undefined;
/** As if that much time had passed. */
const letPass = (interval: string, id = key.id) =>
  database().owner.query(
    "UPDATE api_keys SET suspended_until = suspended_until - $2::interval WHERE id = $1",
    [id, interval],
  );

async function entries(id = key.id) {
  const { rows } = await database().owner.query<{
    action: string;
    occurred_at: Date;
    actor_id: string;
    org_id: string;
    meta: Record<string, unknown>;
  }>(
    "SELECT action, occurred_at, actor_id, org_id, meta FROM audit_entries WHERE target_id = $1 ORDER BY id",
    [id],
  );
  return rows;
}

describe("suspended key", () => {
  test("doesn't work until then; its entry says who, why and until when", async () => {
    expect(await works()).toBe(true);
    const { outcome, key: suspended } = await suspend();
    expect(outcome).toBe("transitioned");
    expect(suspended).toMatchObject({ state: "suspended", revoked_at: null });
    expect(await works()).toBe(false);
    const [entry, ...more] = await entries();
    expect(more).toEqual([]);
    const until = suspended.suspended_until!;
    expect(entry).toMatchObject({
      action: "key.suspended",
      actor_id: ida.person.id,
      org_id: fixture.orgId,
      meta: {
        reason: REASON,
        ticket: "#4821",
        kind: "inference",
        owner: suspended.owner,
        suspended_until: until,
      },
    });
    expect(Date.parse(until) - entry!.occurred_at.getTime()).toBe(3_600_000);
  });

  test("works again when its time is over, without another entry, and can be suspended again", async () => {
    await suspend(key.id, ida, 5);
    await letPass("4 min 30 s");
    expect(await works()).toBe(false);
    await letPass("30 s");
    expect(await works()).toBe(true);
    expect(await read()).toMatchObject({ state: "active", suspended_until: null });
    expect(await resume()).toMatchObject({ outcome: "unchanged" });
    expect((await suspend()).outcome).toBe("transitioned");
    expect((await entries()).map(({ action }) => action)).toEqual(["key.suspended", "key.suspended"]);
  });

  test("suspended again meanwhile: unchanged, until the first time", async () => {
    const { key: first } = await suspend();
    expect(await suspend(key.id, await makeStaff(database().owner, "admin"), 1440)).toEqual({
      outcome: "unchanged",
      key: first,
    });
    expect(await entries()).toHaveLength(1);
  });

  test("resumed: works at once; its entry has the time that it would have ended", async () => {
    const { key: suspended } = await suspend();
    const { outcome, key: resumed } = await resume(key.id, ida, "ticket #4821: mistaken");
    expect(outcome).toBe("transitioned");
    expect(resumed).toMatchObject({ state: "active", suspended_until: null });
    expect(await resume()).toEqual({ outcome: "unchanged", key: resumed });
    expect(await works()).toBe(true);
    expect((await entries()).slice(1)).toMatchObject([
      {
        action: "key.resumed",
        meta: { reason: "ticket #4821: mistaken", suspended_until: suspended.suspended_until },
      },
    ]);
  });

  test("revoked: no longer suspended, and neither suspended nor resumed again", async () => {
    await suspend();
    const { key: revoked } = await revoke();
    expect(revoked).toMatchObject({ state: "revoked", suspended_until: null });
    for (const change of [suspend, resume])
      await expect(change()).rejects.toMatchObject({
        code: "CONFLICT",
        options: { errors: [expect.objectContaining({ type: "key_revoked" })] },
      });
    expect((await entries()).map(({ action }) => action)).toEqual(["key.suspended", "key.revoked"]);
  });

  test("expired: can't be suspended", async () => {
    const { id } = await makeKey(database().owner, { ownerId: ida.person.id, isExpired: true });
    await expect(suspend(id)).rejects.toMatchObject({
      options: { errors: [expect.objectContaining({ type: "key_expired" })] },
    });
    expect(await entries(id)).toEqual([]);
  });

  test("of a disabled owner: stays suspended when it is resumed", async () => {
    const { owner } = database();
    const { id: ownerId } = await makePerson(owner, { isDisabled: true });
    const { id } = await makeKey(owner, { ownerId });
    expect((await suspend(id)).outcome).toBe("transitioned");
    expect((await resume(id)).key).toMatchObject({ state: "suspended", suspended_until: null });
  });

  test("creates no key, even if it was admitted before", async () => {
    const { owner, db } = database();
    const { id, name } = await makeKey(owner, { ownerId: ida.person.id, scopes: ["admin"] });
    const caller: Caller = { ...ida, kind: "service", credentialId: id, scopes: ["admin"] };
    const body = {
      kind: "service" as const,
      name: `${name}, second`,
      owner_id: ida.person.id,
      scopes: ["admin" as const],
      reach: { all: true as const },
    };
    await suspend(id);
    const creating = () => createKey(db, { caller, context: TEST_CONTEXT, body });
    await expect(creating()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await resume(id);
    await creating();
  });

  test("out of reach: not found, and unchanged", async () => {
    const other = await seedFixture(database().owner);
    const caller: Caller = { ...ida, reach: { all: false, orgIds: [other.orgId] } };
    for (const id of [key.id, randomUUID(), "no-id"]) {
      await expect(suspend(id, caller)).rejects.toMatchObject({ code: "KEY_NOT_FOUND" });
      await expect(resume(id, caller)).rejects.toMatchObject({ code: "KEY_NOT_FOUND" });
    }
    expect(await read()).toMatchObject({ state: "active" });
    expect(await entries()).toEqual([]);
  });
});

describe("many at once", () => {
  const colleagues = () =>
    Promise.all(
      Array.from({ length: 20 }, (_, index) => makeStaff(database().owner, "admin", `Admin ${index}`)),
    );

  test("suspensions: one succeeds, with one entry", async () => {
    const callers = await colleagues();
    const results = await Promise.all(
      callers.map((caller, index) => suspend(key.id, caller, 10 + index, `ticket #${1000 + index}`)),
    );
    expect(results.filter(({ outcome }) => outcome === "transitioned")).toHaveLength(1);
    expect(new Set(results.map((result) => JSON.stringify(result.key))).size).toBe(1);
    const winner = results.findIndex(({ outcome }) => outcome === "transitioned");
    expect(await entries()).toMatchObject([
      { actor_id: callers[winner]!.person.id, meta: { reason: `ticket #${1000 + winner}` } },
    ]);
  });

  test("resumptions: one succeeds, with one entry", async () => {
    await suspend();
    const results = await Promise.all((await colleagues()).map((caller) => resume(key.id, caller)));
    expect(results.filter(({ outcome }) => outcome === "transitioned")).toHaveLength(1);
    expect((await entries()).map(({ action }) => action)).toEqual(["key.suspended", "key.resumed"]);
  });

  test("suspensions and revocations: one revocation, at most one suspension before it", async () => {
    const results = await Promise.allSettled(
      (await colleagues()).map((caller, index) =>
        index % 2 === 0 ? suspend(key.id, caller) : revoke(key.id, caller),
      ),
    );
    const transitions = results.filter(
      (result) => result.status === "fulfilled" && result.value.outcome === "transitioned",
    );
    for (const result of results)
      if (result.status === "rejected")
        expect(result.reason).toMatchObject({
          options: { errors: [expect.objectContaining({ type: "key_revoked" })] },
        });
    const actions = (await entries()).map(({ action }) => action);
    expect(actions).toHaveLength(transitions.length);
    expect([["key.revoked"], ["key.suspended", "key.revoked"]]).toContainEqual(actions);
    expect(await read()).toMatchObject({ state: "revoked" });
  });

  test("suspensions and resumptions: entries alternate, one for each transition", async () => {
    const results = await Promise.allSettled(
      (await colleagues()).map((caller, index) =>
        index % 2 === 0 ? suspend(key.id, caller) : resume(key.id, caller),
      ),
    );
    const answers = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    const actions = (await entries()).map(({ action }) => action);
    expect(actions).toHaveLength(answers.filter(({ outcome }) => outcome === "transitioned").length);
    expect(actions).toEqual(actions.map((_, index) => (index % 2 === 0 ? "key.suspended" : "key.resumed")));
    expect((await read()).state).toBe(actions.length % 2 === 0 ? "active" : "suspended");
  });
});

describe("database", () => {
  test.each([
    ["suspension", "now() + interval '1 hour'", "api_keys_suspended_with_entry"],
    ["resumption", "NULL", "api_keys_resumed_with_entry"],
  ])("refuses a %s without its entry", async (_what, until, constraint) => {
    if (until === "NULL") await suspend();
    const change = `UPDATE api_keys SET suspended_until = ${until} WHERE id = $1`;
    await expect(database().app.query(change, [key.id])).rejects.toMatchObject({ constraint });
  });

  test("refuses an entry that names another time, no reason, or more than a day", async () => {
    const forge = (set: string, meta: object) =>
      database().app.query(
        `WITH changed AS (UPDATE api_keys SET suspended_until = ${set} WHERE id = $1 RETURNING suspended_until)
         INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
           target_label, source, request_id, meta)
         SELECT $2, 'key.suspended', date_trunc('milliseconds', now()), 'system', $2, 'x', 'key', $1, 'x', 'system', 'req_x',
           jsonb_build_object('ticket', null, 'suspended_until', suspended_until) || $3::jsonb FROM changed`,
        [key.id, fixture.orgId, JSON.stringify(meta)],
      );
    const hour = "now() + interval '1 hour'";
    await expect(forge(hour, { reason: null })).rejects.toMatchObject({
      constraint: "audit_entries_suspension_has_reason",
    });
    for (const [set, meta] of [
      [hour, { reason: "abuse", suspended_until: "2020-01-01T00:00:00Z" }],
      ["now() + interval '25 hours'", { reason: "abuse" }],
      ["now() - interval '1 hour'", { reason: "abuse" }],
    ] as const)
      await expect(forge(set, meta)).rejects.toMatchObject({ constraint: "audit_entries_with_deed" });
    await forge(hour, { reason: "abuse" });
  });

  test("without its entry: not suspended", async () => {
    const { owner } = database();
    await owner.query(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
      CREATE TRIGGER fail BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION fail()`);
    try {
      await expect(suspend()).rejects.toThrow("was changed without an audit entry");
      expect(await works()).toBe(true);
    } finally {
      await owner.query("DROP TRIGGER fail ON audit_entries; DROP FUNCTION fail");
    }
  });
});
