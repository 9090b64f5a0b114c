import { beforeEach, expect, test } from "vitest";
import type { ApiKey, NewApiKey } from "@/lib/contract/keys";
import { type Key, makeKey, makePerson, type Person, signIn } from "@/test/credentials";
import { useApi } from "@/test/use-api";

const api = useApi();
const PATH = "/v1/admin/keys";
let ida: Person;
let admin: Key;
let key: Key;

beforeEach(async () => {
  const { owner } = api().database;
  ida = await makePerson(owner, { role: "admin" });
  admin = await makeKey(owner, { ownerId: ida.id, scopes: ["admin"] });
  key = await makeKey(owner, { ownerId: ida.id, scopes: ["admin", "runs.cancel"] });
});

const rotate = (
  id: string,
  body: unknown = { overlap: "1h" },
  headers: Record<string, string> = admin.headers,
) => api().call("POST", `${PATH}/${id}/rotation`, { headers, body: JSON.stringify(body) });
const statusOf = async (text: string) =>
  (await api().call("GET", "/v1/auth/me", { headers: { Authorization: `Bearer ${text}` } })).status;

test("rotated by a script: the new key is shown once, and both work during the overlap", async () => {
  const reply = await rotate(key.id);
  expect(reply.status).toBe(201);
  const { key: text, ...made } = reply.json as NewApiKey;
  expect(reply.headers).toMatchObject({ location: `${PATH}/${made.id}`, "cache-control": "no-store" });
  expect(made).toMatchObject({ name: key.name, rotated_from: key.id });
  expect([await statusOf(key.text), await statusOf(text!)]).toEqual([200, 200]);
  const old = (await api().call("GET", `${PATH}/${key.id}`, admin)).json as ApiKey;
  expect(old).toMatchObject({ rotated_to: made.id });
  expect(Date.parse(old.expires_at!)).toBeLessThanOrEqual(Date.now() + 3_600_000);
  expect(api().server.output()).not.toContain(text);
  expect((await rotate(key.id)).json).toMatchObject({ code: "CONFLICT", errors: [{ type: "key_rotated" }] });
});

test("an Idempotency-Key replays nothing: the second request is a conflict, without the key", async () => {
  const headers = { ...admin.headers, "Idempotency-Key": "once" };
  const [first, second] = [
    await rotate(key.id, undefined, headers),
    await rotate(key.id, undefined, headers),
  ];
  expect([first.status, second.status]).toEqual([201, 409]);
  expect(second.text).not.toContain((first.json as NewApiKey).key);
});

test.each<[string, unknown, string]>([
  ["no overlap", {}, "overlap"],
  ["another overlap", { overlap: "30d" }, "overlap"],
  ["seconds", { overlap: 3600 }, "overlap"],
  ["an unknown field", { overlap: "1h", name: "x" }, "name"],
])("bad input, %s: 422, and nothing changes", async (_name, body, field) => {
  const reply = await rotate(key.id, body);
  expect(reply.status).toBe(422);
  expect((reply.json as { errors: object[] }).errors[0]).toMatchObject({ loc: ["body", field] });
  expect((await api().call("GET", `${PATH}/${key.id}`, admin)).json).toMatchObject({ rotated_to: null });
});

test("who may: its owner, signed in; others only with keys.manage; no key for itself", async () => {
  const { database, baseUrl, fixture } = api();
  const support = await makePerson(database.owner, { orgIds: [fixture.orgId] });
  const own = await makeKey(database.owner, { ownerId: support.id, orgId: fixture.orgId });
  const other = await makePerson(database.owner);
  const denied = { status: 403, json: { errors: [{ type: "permission_required" }] } };
  expect(await rotate(own.id, undefined, { ...(await signIn(baseUrl, other)) })).toMatchObject(denied);
  expect(await rotate(key.id, undefined, key.headers)).toMatchObject({ status: 403 });
  const reader = await makeKey(database.owner, { ownerId: ida.id, scopes: ["admin", "keys.read"] });
  expect(await rotate(reader.id, undefined, reader.headers)).toMatchObject(denied);
  expect((await rotate(own.id, undefined, { ...(await signIn(baseUrl, support)) })).status).toBe(201);
});
