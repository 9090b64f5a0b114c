import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { AuditPage } from "@/lib/contract/audit";
import type { ApiKey, NewApiKey } from "@/lib/contract/keys";
import { ADMIN_SCOPE, PERMISSIONS } from "@/lib/states/permissions";
import { type Key, makeKey, makePerson, type Person, signIn } from "@/test/credentials";
import { PERMISSION_REQUIRED, expectRefusal } from "@/test/refusal";
import { useApi } from "@/test/use-api";

const api = useApi();
const PATH = "/v1/admin/keys";
const EVERYTHING = [ADMIN_SCOPE, ...PERMISSIONS.filter((permission) => permission !== "runs.create")];

let ida: Person;
let admin: Key;

beforeEach(async () => {
  const { owner } = api().database;
  ida = await makePerson(owner, { role: "admin" });
  admin = await makeKey(owner, { ownerId: ida.id, scopes: EVERYTHING });
});

const inferenceKey = () => ({
  kind: "inference",
  name: "Production",
  owner_id: api().fixture.customer.person.id,
  org_id: api().fixture.orgId,
});
const serviceKey = (traits: object = {}) => ({
  kind: "service",
  name: "Nightly report",
  scopes: [ADMIN_SCOPE, "runs.read"],
  reach: { all: true },
  ...traits,
});
const send = (path: string, body: object, headers: Record<string, string> = admin.headers) =>
  api().call("POST", path, { headers, body: JSON.stringify(body) });
const make = async (body: object) => {
  const reply = await send(PATH, body);
  expect(reply.status).toBe(201);
  return reply.json as NewApiKey;
};
const revocation = (id: string) => `${PATH}/${id}/revocation`;
const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });

describe("new key", () => {
  test("shown once, works immediately, and is listed without its secret", async () => {
    const reply = await send(PATH, { ...inferenceKey(), owner_id: ida.id });
    const { key: secret, link, ...made } = reply.json as NewApiKey;
    const key = secret!;
    expect(link).toBeNull();
    expect(reply.headers).toMatchObject({ "cache-control": "no-store", location: `${PATH}/${made.id}` });
    expect(key).toMatch(/^rf_live_\w{38}$/);
    const me = await api().call("GET", "/v1/auth/me", { headers: bearer(key) });
    expect(me.json).toMatchObject({ kind: "inference_key", id: made.id, name: "Production" });
    const read = await api().call("GET", `${PATH}/${made.id}`, { headers: admin.headers });
    const { last_used_at, last_used_ip } = read.json as ApiKey;
    expect(read.json).toEqual({ ...made, last_used_at, last_used_ip });
    const list = await api().call("GET", `${PATH}?text=${made.prefix}&kind=inference`, admin);
    expect((list.json as { items: ApiKey[] }).items.map(({ id }) => id)).toEqual([made.id]);
    for (const { text } of [read, list]) expect(text).not.toContain(key);
    expect(api().server.output()).not.toContain(key);
  });

  test("secret: stored nowhere, and not replayed for an Idempotency-Key", async () => {
    const headers = { ...admin.headers, "Idempotency-Key": "once" };
    const made = await Promise.all([1, 2].map(() => send(PATH, serviceKey(), headers)));
    const keys = made.map(({ json }) => (json as NewApiKey).key!);
    expect(new Set(keys).size).toBe(2);
    const { owner } = api().database;
    const { rows: tables } = await owner.query<{ name: string }>(
      "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'audit_months', 'security_months', 'graphile_worker')",
    );
    const all = tables
      .map(({ name }) => `SELECT to_jsonb(t)::text AS text FROM ${name} t`)
      .join(" UNION ALL ");
    const { rows } = await owner.query<{ text: string }>(all);
    const everything = rows.map(({ text }) => text).join("\n");
    for (const key of keys) {
      expect(everything).toContain(key.slice(0, 12));
      expect(everything).not.toContain(key.slice(12));
    }
  });

  test("created with a session: records that person as the creator", async () => {
    const session = await signIn(api().baseUrl, ida);
    const { id } = (await send(PATH, serviceKey(), session)).json as ApiKey;
    const { rows } = await api().database.owner.query(
      "SELECT action, actor_type, actor_id, source FROM audit_entries WHERE target_id = $1",
      [id],
    );
    expect(rows).toEqual([
      { action: "key.created", actor_type: "user", actor_id: ida.id, source: "dashboard" },
    ]);
  });
});

describe("support and auditors", () => {
  test.each(["support", "auditor"] as const)("%s: sees the keys in reach", async (role) => {
    const { fixture, otherScene, database, call } = api();
    const watcher = await makePerson(database.owner, { role, orgIds: [fixture.orgId] });
    const headers = { ...(await signIn(api().baseUrl, watcher)) };
    const mine = `${PATH}/${fixture.customer.credentialId}`;
    expect((await call("GET", mine, { headers })).json).toMatchObject({
      prefix: "rf_live_test",
      owner: { id: fixture.customer.person.id, role: null },
      org_id: fixture.orgId,
      scopes: null,
    });
    const { json } = await call("GET", `${PATH}?limit=500`, { headers });
    const ids = (json as { items: ApiKey[] }).items.map(({ id }) => id);
    expect(ids).toContain(fixture.customer.credentialId);
    for (const beyond of [otherScene.customer.credentialId, admin.id]) {
      expect(ids).not.toContain(beyond);
      expect((await call("GET", `${PATH}/${beyond}`, { headers })).status).toBe(404);
    }
  });
});

describe("inference key of a staff member", () => {
  test("creates runs that its owner can't cancel with any credential, but a second person can", async () => {
    const { fixture, database, call, baseUrl } = api();
    const { key, owner } = await make({ ...inferenceKey(), owner_id: ida.id });
    expect(owner).toMatchObject({ id: ida.id, role: "admin" });
    const made = await call("POST", `/v1/models/${fixture.model}/runs`, {
      headers: bearer(key!),
      body: '{"input":{}}',
    });
    expect(made).toMatchObject({ status: 201, json: { created_by: ida.id, org_id: fixture.orgId } });
    const path = `/v1/admin/runs/${(made.json as { id: string }).id}/cancellation`;
    const own = await makeKey(database.owner, { ownerId: ida.id, scopes: [ADMIN_SCOPE] });
    const conflict = { status: 409, code: "CONFLICT", error: { type: "self_action_forbidden" } };
    await expectRefusal(api(), { path, headers: own.headers }, { ...conflict, actorId: own.id });
    const session = { ...(await signIn(baseUrl, ida)) };
    await expectRefusal(
      api(),
      { path, headers: session, body: '{"reason":"own run"}' },
      { ...conflict, actorId: ida.id },
    );
    const second = await makePerson(database.owner);
    const theirs = await makeKey(database.owner, { ownerId: second.id, scopes: [ADMIN_SCOPE] });
    expect((await call("POST", path, theirs)).status).toBe(201);
    const log = await call("GET", `/v1/admin/audit-log?actor_id=${theirs.id}`, admin);
    expect((log.json as AuditPage).items[0]!.actor).toMatchObject({
      type: "service_key",
      id: theirs.id,
      owner: { id: second.id, name: second.name, role: "support" },
    });
  });
});

describe("revocation", () => {
  test("201 once, then 200 with identical bytes; a replay of the first gets its 201", async () => {
    const { id } = await make(inferenceKey());
    const headers = { ...admin.headers, "Idempotency-Key": "revoke" };
    const first = await send(revocation(id), { reason: "  ticket #4821: abuse " }, headers);
    expect(first).toMatchObject({ status: 201, headers: { "runflow-revocation": "transitioned" } });
    expect(first.json).toMatchObject({ id, state: "revoked" });
    const second = await send(revocation(id), { reason: "again" });
    expect(second).toMatchObject({ status: 200, headers: { "runflow-revocation": "unchanged" } });
    expect(second.text).toBe(first.text);
    const again = await send(revocation(id), { reason: "  ticket #4821: abuse " }, headers);
    expect(again).toMatchObject({
      status: 201,
      text: first.text,
      headers: { "runflow-revocation": "transitioned" },
    });
    const { rows } = await api().database.owner.query(
      "SELECT meta ->> 'reason' AS reason FROM audit_entries WHERE target_id = $1 AND action = 'key.revoked'",
      [id],
    );
    expect(rows).toEqual([{ reason: "ticket #4821: abuse" }]);
  });

  test("stored response: not replayed once the key is out of the caller's reach", async () => {
    const { owner } = api().database;
    const { fixture, otherScene } = api();
    const desk = await makeKey(owner, {
      ownerId: ida.id,
      scopes: EVERYTHING,
      orgIds: [fixture.orgId, otherScene.orgId],
    });
    const reach = { all: false, org_ids: [fixture.orgId, otherScene.orgId] };
    const { id } = await make(serviceKey({ reach }));
    const headers = { ...desk.headers, "Idempotency-Key": "kept" };
    expect((await send(revocation(id), { reason: "replaced" }, headers)).status).toBe(201);
    await owner.query("DELETE FROM key_reach WHERE key_id = $1 AND org_id = $2", [desk.id, otherScene.orgId]);
    await expectRefusal(
      api(),
      { path: revocation(id), headers, body: '{"reason":"replaced"}' },
      { status: 404, code: "KEY_NOT_FOUND", actorId: desk.id },
    );
  });

  test("key that revokes itself: ends", async () => {
    const { key, id } = await make(serviceKey({ scopes: [ADMIN_SCOPE, "keys.manage"] }));
    expect((await send(revocation(id), { reason: "rotation" }, bearer(key!))).status).toBe(201);
    expect((await send(revocation(id), { reason: "rotation" }, bearer(key!))).status).toBe(401);
  });
});

describe("key request refused, nothing changed, one security event:", () => {
  const expectRefused = (
    path: string,
    body: object,
    expected: Omit<Parameters<typeof expectRefusal>[2], "actorId">,
    key = admin,
  ) =>
    expectRefusal(
      api(),
      { path, headers: key.headers, body: JSON.stringify(body) },
      { ...expected, actorId: key.id },
    );

  test("every change without keys.manage", async () => {
    const { owner } = api().database;
    const scopes = EVERYTHING.filter((scope) => scope !== "keys.manage");
    const key = await makeKey(owner, { ownerId: ida.id, scopes });
    const denied = { status: 403, code: "PERMISSION_DENIED", error: PERMISSION_REQUIRED("keys.manage") };
    await expectRefused(PATH, serviceKey(), denied, key);
    await expectRefused(revocation(key.id), { reason: "myself" }, denied, key);
    const request = { method: "GET", path: `${PATH}/owners`, headers: key.headers };
    await expectRefusal(api(), request, { ...denied, actorId: key.id });
    for (const role of ["support", "auditor"] as const) {
      const person = await makePerson(owner, { role });
      const request = { path: PATH, headers: await signIn(api().baseUrl, person) };
      await expectRefusal(
        api(),
        { ...request, body: JSON.stringify(serviceKey()) },
        { ...denied, actorId: person.id },
      );
    }
  });

  test("every read without keys.read", async () => {
    const { owner } = api().database;
    const scopes = EVERYTHING.filter((scope) => scope !== "keys.read");
    const key = await makeKey(owner, { ownerId: ida.id, scopes });
    const denied = { status: 403, code: "PERMISSION_DENIED", error: PERMISSION_REQUIRED("keys.read") };
    for (const path of [PATH, `${PATH}/${key.id}`]) {
      const request = { method: "GET", path, headers: key.headers };
      await expectRefusal(api(), request, { ...denied, actorId: key.id });
    }
  });

  test("revocation without a reason, or with an unknown field", async () => {
    const { id } = await make(inferenceKey());
    for (const body of [{}, { reason: null }, { reason: "  a " }, { reason: "x".repeat(501) }])
      await expectRefused(revocation(id), body, {
        status: 422,
        code: "VALIDATION_ERROR",
        error: { loc: ["body", "reason"] },
      });
    const error = { type: "extra_forbidden" };
    await expectRefused(
      revocation(id),
      { reason: "abuse", raeson: "" },
      { status: 422, code: "VALIDATION_ERROR", error },
    );
  });

  test.each<[string, object, unknown[]]>([
    ["no kind", { kind: undefined }, ["body", "kind"]],
    ["an unknown scope", { scopes: ["runs.delete"] }, ["body", "scopes", 0]],
    ["no scope", { scopes: [] }, ["body", "scopes"]],
    ["a scope twice", { scopes: ["admin", "admin"] }, ["body", "scopes"]],
    ["a name of white space", { name: "  " }, ["body", "name"]],
    ["a name with a line break", { name: "a\nb" }, ["body", "name"]],
    ["an invalid time", { expires_at: "tomorrow" }, ["body", "expires_at"]],
    ["a time in the past", { expires_at: "2020-01-01T00:00:00Z" }, ["body", "expires_at"]],
  ])("key with %s", async (_what, traits, loc) => {
    await expectRefused(PATH, serviceKey(traits), {
      status: 422,
      code: "VALIDATION_ERROR",
      error: { loc: loc as string[] },
    });
  });

  test("key without a customer, or with an unknown field", async () => {
    for (const [body, type] of [
      [serviceKey({ reach: { all: false, org_ids: [] } }), undefined],
      [serviceKey({ org_id: api().fixture.orgId }), "extra_forbidden"],
      [{ ...inferenceKey(), scopes: [] }, "extra_forbidden"],
    ] as const)
      await expectRefused(PATH, body, {
        status: 422,
        code: "VALIDATION_ERROR",
        ...(type && { error: { type } }),
      });
  });

  test("key with more permissions than its creator, or for a colleague", async () => {
    const { owner } = api().database;
    const scopes = [ADMIN_SCOPE, "keys.manage", "runs.read"];
    const small = await makeKey(owner, { ownerId: ida.id, scopes, orgIds: [api().fixture.orgId] });
    const exceeds = {
      status: 403,
      code: "PERMISSION_DENIED",
      error: { type: "exceeds_own_permissions", loc: ["body", "scopes"] },
    };
    const here = { all: false, org_ids: [api().fixture.orgId] };
    const wide = serviceKey({ scopes: ["runs.cancel"], reach: here });
    await expectRefused(PATH, wide, exceeds, small);
    await expectRefused(PATH, serviceKey({ scopes: ["runs.create"] }), exceeds);
    const beyond = { status: 403, code: "ORGANIZATION_MEMBERSHIP_REQUIRED", error: null };
    await expectRefused(PATH, serviceKey(), beyond, small);
    await expectRefused(PATH, serviceKey({ reach: { all: false, org_ids: [randomUUID()] } }), beyond);
    const narrowed = { ...admin, headers: { ...admin.headers, "X-Organization-Id": api().fixture.orgId } };
    await expectRefused(PATH, serviceKey(), beyond, narrowed);
    const support = await makePerson(owner, { role: "support" });
    const forAnother = { type: "owner_must_be_you", loc: ["body", "owner_id"] };
    await expectRefused(PATH, serviceKey({ owner_id: support.id }), {
      status: 403,
      code: "PERMISSION_DENIED",
      error: forAnother,
    });
  });

  test("key out of reach, missing or with an invalid id: identical bytes", async () => {
    const { owner } = api().database;
    const { fixture, otherScene } = api();
    const desk = await makeKey(owner, { ownerId: ida.id, scopes: EVERYTHING, orgIds: [fixture.orgId] });
    const missing = { status: 404, code: "KEY_NOT_FOUND", error: null };
    const { id: theirs } = await make({
      ...inferenceKey(),
      owner_id: otherScene.customer.person.id,
      org_id: otherScene.orgId,
    });
    const { id: everywhere } = await make(serviceKey());
    const texts = new Set<string>();
    for (const id of [theirs, everywhere, randomUUID(), "no-id"]) {
      texts.add((await expectRefused(revocation(id), { reason: "abuse" }, missing, desk)).text);
      const request = { method: "GET", path: `${PATH}/${id}`, headers: desk.headers };
      texts.add((await expectRefusal(api(), request, { ...missing, actorId: desk.id })).text);
    }
    expect(texts.size).toBe(1);
    const { json } = await api().call("GET", `${PATH}?limit=500`, desk);
    const ids = (json as { items: ApiKey[] }).items.map(({ id }) => id);
    expect(ids).toContain(fixture.customer.credentialId);
    for (const id of [theirs, everywhere, admin.id]) expect(ids).not.toContain(id);
  });
});
