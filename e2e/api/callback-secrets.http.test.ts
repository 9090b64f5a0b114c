import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { openSecret } from "@/lib/callbacks/seal-secret";
import type { CallbackSecret, NewCallbackSecret } from "@/lib/contract/callback-secrets";
import { makeKey } from "@/test/credentials";
import { seedFixture } from "@/test/fixture";
import { expectRefusal } from "@/test/refusal";
import { TEST_ENCRYPTION_KEY } from "@/test/server";
import { useApi } from "@/test/use-api";

const api = useApi();
let headers: Record<string, string>;
let orgId: string;

beforeEach(async () => {
  const { owner } = api().database;
  const fixture = await seedFixture(owner);
  orgId = fixture.orgId;
  headers = (await makeKey(owner, { ownerId: fixture.customer.person.id, orgId })).headers;
});

const PATH = "/v1/callback-secrets";
const create = async () => {
  const reply = await api().call("POST", PATH, { headers });
  expect(reply.status).toBe(201);
  return reply.json as NewCallbackSecret;
};
const list = async () =>
  ((await api().call("GET", PATH, { headers })).json as { items: CallbackSecret[] }).items;
const post = (id: string, what: string) => api().call("POST", `${PATH}/${id}/${what}`, { headers });

test("callback secret: shown once, stored encrypted, identified by its last characters", async () => {
  const { secret, ...shown } = await create();
  expect(secret).toMatch(/^rf_whs_[\w-]{43}$/);
  expect(shown).toMatchObject({ org_id: orgId, hint: secret.slice(-4), is_current: true, disabled_at: null });
  expect(await list()).toEqual([shown]);
  const { owner } = api().database;
  const { rows } = await owner.query<{ ciphertext: Buffer }>(
    "SELECT ciphertext FROM callback_secrets WHERE id = $1",
    [shown.id],
  );
  expect(openSecret(rows[0]!.ciphertext, { orgId, secretId: shown.id }, [TEST_ENCRYPTION_KEY])).toBe(secret);
  const { rows: everywhere } = await owner.query<{ text: string }>(
    "SELECT row_to_json(e)::text AS text FROM audit_entries e UNION ALL SELECT row_to_json(s)::text FROM callback_secrets s",
  );
  expect(everywhere.map(({ text }) => text).join()).not.toContain(secret);
  expect(api().server.output()).not.toContain(secret);
});

test("rotation: the next secret waits, is promoted, then the old one ends", async () => {
  const [old, next] = [await create(), await create()];
  expect(next.is_current).toBe(false);
  const conflict = (type: string) => ({ status: 409, code: "CONFLICT", error: { type } });
  await expectRefusal(
    api(),
    { path: `${PATH}/${old.id}/disablement`, headers },
    conflict("secret_is_current"),
  );
  expect((await post(next.id, "promotion")).json).toMatchObject({ id: next.id, is_current: true });
  expect((await list()).map(({ id, is_current }) => [id, is_current])).toEqual([
    [next.id, true],
    [old.id, false],
  ]);
  expect((await post(old.id, "disablement")).json).toMatchObject({
    is_current: false,
    disabled_at: expect.any(String),
  });
  await expectRefusal(api(), { path: `${PATH}/${old.id}/promotion`, headers }, conflict("secret_disabled"));
  // Repeating it changes nothing and adds no entry.
  expect((await post(old.id, "disablement")).status).toBe(200);
  expect((await post(next.id, "promotion")).status).toBe(200);
  expect((await post(next.id, "disablement")).json).toMatchObject({ is_current: false });
  const { rows } = await api().database.owner.query<{ action: string }>(
    "SELECT action FROM audit_entries WHERE org_id = $1 ORDER BY id",
    [orgId],
  );
  expect(rows.map(({ action }) => action.replace("callback_secret.", ""))).toEqual([
    "created",
    "created",
    "promoted",
    "disabled",
    "disabled",
  ]);
});

test("concurrent promotions or first secrets: exactly one is current", async () => {
  const secrets = await Promise.all(Array.from({ length: 6 }, create));
  const current = async () => (await list()).filter(({ is_current }) => is_current);
  expect(await current()).toHaveLength(1);
  const replies = await Promise.all(
    secrets.flatMap(({ id }) => [post(id, "promotion"), post(id, "promotion")]),
  );
  expect(replies.every(({ status }) => status === 200)).toBe(true);
  expect(await current()).toHaveLength(1);
});

test("secret missing or another organization's: identical 404", async () => {
  const { id } = await create();
  const texts = new Set<string>();
  for (const missing of [randomUUID(), "no-id"]) texts.add((await post(missing, "promotion")).text);
  const fixture = await seedFixture(api().database.owner);
  headers = (
    await makeKey(api().database.owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId })
  ).headers;
  const reply = await expectRefusal(
    api(),
    { path: `${PATH}/${id}/disablement`, headers },
    { status: 404, code: "CALLBACK_SECRET_NOT_FOUND" },
  );
  texts.add(reply.text);
  expect(texts.size).toBe(1);
  expect(await list()).toEqual([]);
});
