import { describe, expect, test } from "vitest";
import { ALL_SCOPES, type Key, makeKey, makePerson, revokeKey } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { expectRefusal } from "@/test/refusal";
import { useApi } from "@/test/use-api";

const api = useApi();
const cancellation = (runId: string): string => `/v1/admin/runs/${runId}/cancellation`;
const makePath = async (): Promise<string> =>
  cancellation(await makeRun(api().database.owner, api().fixture));

type Warm = { key: Key; ownerId: string };

/** A key that this server has just authenticated for two cancels. */
async function makeWarmKey(traits: { orgIds?: string[] } = {}): Promise<Warm> {
  const { owner } = api().database;
  const { id: ownerId } = await makePerson(owner, { role: "admin" });
  const key = await makeKey(owner, { ownerId, scopes: ALL_SCOPES, ...traits });
  for (let time = 1; time <= 2; time++) {
    expect((await api().call("POST", await makePath(), { headers: key.headers })).status).toBe(201);
  }
  return { key, ownerId };
}

describe("changed key: the next request sees the change, though the key was just used:", () => {
  const UNAUTHORIZED = { status: 401, code: "UNAUTHORIZED" };
  const DENIED = { status: 403, code: "PERMISSION_DENIED", error: { type: "permission_required" } };

  test.each([
    ["expired", "UPDATE api_keys SET expires_at = now() WHERE id = $1", "key", UNAUTHORIZED, null],
    [
      "replaced",
      "UPDATE api_keys SET hash = sha256(id::text::bytea) WHERE id = $1",
      "key",
      UNAUTHORIZED,
      null,
    ],
    [
      "without the admin scope",
      "UPDATE api_keys SET scopes = '{runs.cancel}' WHERE id = $1",
      "key",
      UNAUTHORIZED,
      "self",
    ],
    [
      "without runs.cancel",
      "UPDATE api_keys SET scopes = '{admin,runs.read}' WHERE id = $1",
      "key",
      DENIED,
      "self",
    ],
    [
      "of a disabled owner",
      "UPDATE people SET disabled_at = now() WHERE id = $1",
      "owner",
      UNAUTHORIZED,
      null,
    ],
    [
      "of an owner whose email is no longer verified",
      "UPDATE people SET email_verified_at = NULL WHERE id = $1",
      "owner",
      { status: 403, code: "EMAIL_NOT_VERIFIED" },
      "self",
    ],
  ])("%s", async (_name, change, whose, expected, actor) => {
    const { key, ownerId } = await makeWarmKey();
    await api().database.owner.query(change, [whose === "key" ? key.id : ownerId]);
    const request = { path: await makePath(), headers: key.headers };
    await expectRefusal(api(), request, {
      error: null,
      ...expected,
      actorId: actor === null ? null : key.id,
    });
  });

  test("revoked", async () => {
    const { key } = await makeWarmKey();
    await revokeKey(api().database.owner, key);
    const request = { path: await makePath(), headers: key.headers };
    await expectRefusal(api(), request, { ...UNAUTHORIZED, error: null, actorId: null });
  });

  test("suspended, then after its time", async () => {
    const { key } = await makeWarmKey();
    const { owner } = api().database;
    const until = (from: string) =>
      owner.query(`UPDATE api_keys SET suspended_until = ${from} WHERE id = $1`, [key.id]);
    await until("now() + interval '1 hour'");
    const request = { path: await makePath(), headers: key.headers };
    await expectRefusal(api(), request, { ...UNAUTHORIZED, error: null, actorId: null });
    await until("now()");
    expect((await api().call("POST", await makePath(), { headers: key.headers })).status).toBe(201);
  });

  test("with a smaller reach", async () => {
    const { key } = await makeWarmKey({ orgIds: [api().fixture.orgId, api().otherScene.orgId] });
    await api().database.owner.query("DELETE FROM key_reach WHERE key_id = $1 AND org_id = $2", [
      key.id,
      api().fixture.orgId,
    ]);
    const request = { path: await makePath(), headers: key.headers };
    await expectRefusal(api(), request, { status: 404, code: "RUN_NOT_FOUND", error: null, actorId: key.id });
  });

  test("revoked, on a request with other faults: the first check answers", async () => {
    const { key } = await makeWarmKey();
    await revokeKey(api().database.owner, key);
    const request = { path: await makePath(), headers: key.headers, body: "{" };
    await expectRefusal(api(), request, { ...UNAUTHORIZED, error: null, actorId: null });
  });

  test("renamed: the entry has the new name", async () => {
    const { key } = await makeWarmKey();
    const { owner } = api().database;
    await owner.query("UPDATE api_keys SET name = 'Renamed' WHERE id = $1", [key.id]);
    const runId = await makeRun(owner, api().fixture);
    await api().call("POST", cancellation(runId), { headers: key.headers });
    const { rows } = await owner.query("SELECT actor_name FROM audit_entries WHERE target_id = $1", [runId]);
    expect(rows).toEqual([{ actor_name: "Renamed" }]);
  });

  test("expired, by the clock alone", async () => {
    const { key } = await makeWarmKey();
    const { owner } = api().database;
    await owner.query("UPDATE api_keys SET expires_at = now() + interval '2 seconds' WHERE id = $1", [
      key.id,
    ]);
    expect((await api().call("POST", await makePath(), { headers: key.headers })).status).toBe(201);
    const hasExpired = () =>
      owner
        .query("SELECT FROM api_keys WHERE id = $1 AND expires_at <= now()", [key.id])
        .then(({ rowCount }) => rowCount);
    await expect.poll(hasExpired, { timeout: 10_000 }).toBe(1);
    await expectRefusal(
      api(),
      { path: await makePath(), headers: key.headers },
      { ...UNAUTHORIZED, error: null, actorId: null },
    );
  });
});

test("key revocation: no cancel sent after its commit succeeds, under load", async () => {
  const { key } = await makeWarmKey();
  const { owner } = api().database;
  const paths = await Promise.all(Array.from({ length: 300 }, makePath));
  let isRevoked = false;
  const late: number[] = [];
  const early: number[] = [];
  const stream = async () => {
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
      const answers = isRevoked ? late : early;
      answers.push((await api().call("POST", path, { headers: key.headers })).status);
    }
  };
  const streams = Array.from({ length: 12 }, stream);
  await expect
    .poll(() => early.filter((status) => status === 201).length, { interval: 5, timeout: 20_000 })
    .toBeGreaterThan(30);
  await revokeKey(owner, key);
  isRevoked = true;
  await Promise.all(streams);
  expect(late.length).toBeGreaterThan(0);
  expect(new Set(late)).toEqual(new Set([401]));
});
