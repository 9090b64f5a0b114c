import { describe, expect, test } from "vitest";
import type { Operation } from "@/lib/contract/operation";
import { OPERATIONS } from "@/lib/contract/operations";
import { PERMISSIONS } from "@/lib/states/permissions";
import { makeKey, makePerson, revokeKey, signIn } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { expectRefusal, readWorld } from "@/test/refusal";
import { type ApiReply, useApi } from "@/test/use-api";
import { FIXTURES } from "./coverage-fixtures";

const api = useApi();
const REASON = '{"reason":"stuck"}';

async function prepare(idempotencyKey = "a-key") {
  const { database, fixture } = api();
  const person = await makePerson(database.owner);
  const key = await makeKey(database.owner, { ownerId: person.id });
  const runId = await makeRun(database.owner, fixture);
  const headers = { ...key.headers, "Idempotency-Key": idempotencyKey };
  return { person, key, runId, path: `/v1/admin/runs/${runId}/cancellation`, headers };
}

/** The parts of a reply that a replay repeats: all but the request id and the date. */
const essence = ({ status, text, headers }: ApiReply) => {
  const { "runflow-request-id": _id, date: _date, ...same } = headers;
  return { status, text, same };
};

const conflictOf = (type: string, actorId: string) => ({
  status: 409,
  code: "CONFLICT",
  error: { type },
  actorId,
});

describe("retry with the same Idempotency-Key", () => {
  test("replays the first response, although the run has ended since", async () => {
    const { database, call } = api();
    const { path, headers } = await prepare();
    const first = await call("POST", path, { headers, body: REASON });
    const world = await readWorld(database.owner);
    expect(first).toMatchObject({ status: 201 });
    for (const _retry of [1, 2, 3]) {
      const again = await call("POST", path, { headers, body: REASON });
      expect(essence(again)).toEqual(essence(first));
      expect(again.headers).toMatchObject({
        "runflow-cancellation": "transitioned",
        location: first.headers.location,
      });
    }
    expect(await readWorld(database.owner)).toEqual(world);
    const { "Idempotency-Key": _none, ...plain } = headers;
    expect(await call("POST", path, { headers: plain, body: REASON })).toMatchObject({ status: 200 });
  });

  test("replays a 200, too, and without a body", async () => {
    const { call } = api();
    const { path, headers, key } = await prepare();
    await call("POST", path, key);
    const first = await call("POST", path, { headers });
    expect(first).toMatchObject({ status: 200, headers: { "runflow-cancellation": "unchanged" } });
    expect(essence(await call("POST", path, { headers }))).toEqual(essence(first));
  });

  test.each([
    ["in upper case", (id: string) => id.toUpperCase()],
    ["with escapes", (id: string) => id.replaceAll("-", "%2D")],
  ])("replays the answer for any spelling of the run's id: %s", async (_spelling, spell) => {
    const { call } = api();
    const { path, headers, runId } = await prepare();
    const first = await call("POST", path, { headers, body: REASON });
    expect(first.status).toBe(201);
    const again = await call("POST", path.replace(runId, spell(runId)), { headers, body: REASON });
    expect(essence(again)).toEqual(essence(first));
  });

  test("replays for a session as for a key", async () => {
    const { database, baseUrl, fixture, call } = api();
    const session = await signIn(baseUrl, await makePerson(database.owner));
    const path = `/v1/admin/runs/${await makeRun(database.owner, fixture)}/cancellation`;
    const headers = { ...session, "Idempotency-Key": "from-the-console" };
    const first = await call("POST", path, { headers, body: REASON });
    expect(first.status).toBe(201);
    expect(essence(await call("POST", path, { headers, body: REASON }))).toEqual(essence(first));
  });

  test.each([REASON.replace("stuck", "other"), "", "{}", ` ${REASON}`])(
    "refuses another body: %j",
    async (body) => {
      const { call } = api();
      const { path, headers, key } = await prepare();
      expect(await call("POST", path, { headers, body: REASON })).toMatchObject({ status: 201 });
      await expectRefusal(api(), { path, headers, body }, conflictOf("idempotency_key_reused", key.id));
    },
  );

  test("still passes every check", async () => {
    const { database, call } = api();
    const { path, headers, key } = await prepare();
    expect(await call("POST", path, { headers })).toMatchObject({ status: 201 });
    await revokeKey(database.owner, key);
    await expectRefusal(api(), { path, headers }, { status: 401, code: "UNAUTHORIZED", actorId: null });
  });
});

test("idempotency key on another run or with another credential: independent", async () => {
  const { database, fixture, call } = api();
  const first = await prepare("shared");
  const otherPath = `/v1/admin/runs/${await makeRun(database.owner, fixture)}/cancellation`;
  const colleague = await makeKey(database.owner, { ownerId: first.person.id });
  const headers = { ...colleague.headers, "Idempotency-Key": "shared" };
  expect(await call("POST", first.path, { headers: first.headers, body: REASON })).toMatchObject({
    status: 201,
  });
  expect(await call("POST", otherPath, { headers: first.headers, body: "{}" })).toMatchObject({
    status: 201,
  });
  expect(await call("POST", first.path, { headers, body: "{}" })).toMatchObject({ status: 200 });
});

test("retry while the first request runs: 409, and nothing changes", async () => {
  const { database, call } = api();
  const { path, headers, runId, key } = await prepare();
  const holder = await database.owner.connect();
  try {
    await holder.query("BEGIN");
    await holder.query("SELECT 1 FROM runs WHERE id = $1 FOR UPDATE", [runId]);
    const first = call("POST", path, { headers, body: REASON });
    await waitForLock();
    await expectRefusal(api(), { path, headers, body: REASON }, conflictOf("idempotency_key_in_use", key.id));
    await expectRefusal(api(), { path, headers, body: "{}" }, conflictOf("idempotency_key_in_use", key.id));
    await holder.query("COMMIT");
    const answer = await first;
    expect(answer).toMatchObject({ status: 201 });
    expect(essence(await call("POST", path, { headers, body: REASON }))).toEqual(essence(answer));
  } finally {
    await holder.query("ROLLBACK");
    holder.release();
  }
});

/** Waits until a statement of the server blocks on a row lock. */
async function waitForLock(): Promise<void> {
  const deadline = Date.now() + 5_000;
  const waiting =
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
  while ((await api().database.owner.query(waiting)).rowCount === 0) {
    if (Date.now() > deadline) throw new Error("no request waits for the run");
  }
}

test("concurrent requests with one idempotency key: one cancels, and every answer is true", async () => {
  const { database, call } = api();
  const { path, headers, runId } = await prepare();
  const replies = await Promise.all(
    Array.from({ length: 20 }, () => call("POST", path, { headers, body: REASON })),
  );
  const statuses = new Set(replies.map(({ status }) => status));
  expect([...statuses].filter((status) => status !== 201 && status !== 409)).toEqual([]);
  const firsts = replies.filter(({ status }) => status === 201);
  expect(firsts.length).toBeGreaterThan(0);
  expect(new Set(firsts.map(({ text }) => text)).size).toBe(1);
  const { rows } = await database.owner.query("SELECT 1 FROM audit_entries WHERE target_id = $1", [runId]);
  expect(rows).toHaveLength(1);
});

test("idempotency key after 24 hours: free for a new request", async () => {
  const { database, call } = api();
  const { path, headers, key } = await prepare();
  expect(await call("POST", path, { headers, body: REASON })).toMatchObject({ status: 201 });
  const record = await readRecord(key.id);
  const lifetime = record.expires_at.getTime() - record.created_at.getTime();
  expect(Math.abs(lifetime - 24 * 3_600_000)).toBeLessThanOrEqual(1);
  await database.owner.query(
    "UPDATE idempotency_records SET expires_at = now() - interval '1 ms' WHERE credential_id = $1",
    [key.id],
  );
  const later = await call("POST", path, { headers, body: "{}" });
  expect(later).toMatchObject({ status: 200, headers: { "runflow-cancellation": "unchanged" } });
  expect(essence(await call("POST", path, { headers, body: "{}" }))).toEqual(essence(later));
});

async function readRecord(credentialId: string) {
  const { rows } = await api().database.owner.query<{ expires_at: Date; created_at: Date }>(
    "SELECT * FROM idempotency_records WHERE credential_id = $1",
    [credentialId],
  );
  expect(rows).toHaveLength(1);
  return rows[0]!;
}

test("refusal: not kept, so the request succeeds once the cause is gone", async () => {
  const { database, call } = api();
  const { path, headers, runId, key, person } = await prepare();
  await database.owner.query("UPDATE runs SET created_by = $2 WHERE id = $1", [runId, person.id]);
  await expectRefusal(api(), { path, headers }, conflictOf("self_action_forbidden", key.id));
  await database.owner.query("UPDATE runs SET created_by = NULL WHERE id = $1", [runId]);
  expect(await call("POST", path, { headers })).toMatchObject({ status: 201 });
});

describe("Idempotency-Key format", () => {
  test.each(["x", "~", "!".repeat(255), '"quoted"', "8e03978e-40d5-43dd-bc93-6894a57f9324"])(
    "%s is taken",
    async (value) => {
      const { path, headers } = await prepare(value);
      expect(await api().call("POST", path, { headers })).toMatchObject({ status: 201 });
    },
  );

  test.each([
    ["empty", ""],
    ["too long", "x".repeat(256)],
    ["with a space", "a b"],
    ["with a tab", "a\tb"],
    ["beyond ASCII", "schl\u00fcssel"],
  ])("%s: refused", async (_name, value) => {
    const { path, headers, key } = await prepare(value);
    const error = { loc: ["header", "idempotency-key"] };
    await expectRefusal(
      api(),
      { path, headers },
      { status: 422, code: "VALIDATION_ERROR", error, actorId: key.id },
    );
  });
});

test("run creation: honors the idempotency key", async () => {
  const { database, fixture, call } = api();
  const inference = await makeKey(database.owner, {
    ownerId: fixture.customer.person.id,
    orgId: fixture.orgId,
  });
  const headers = { ...inference.headers, "Idempotency-Key": "one-run-only" };
  const path = `/v1/models/${fixture.model}/runs`;
  const body = '{"input":{"prompt":"a cat","seed":12345678901234567890}}';
  const first = await call("POST", path, { headers, body });
  expect(first).toMatchObject({
    status: 201,
    json: { status_code: "queued", created_by: fixture.customer.person.id },
  });
  const world = await readWorld(database.owner);
  expect(essence(await call("POST", path, { headers, body }))).toEqual(essence(first));
  expect(await readWorld(database.owner)).toEqual(world);
  const reused = await call("POST", path, { headers, body: '{"input":{"prompt":"a dog"}}' });
  expect(reused).toMatchObject({ status: 409, json: { errors: [{ type: "idempotency_key_reused" }] } });
  expect(await readWorld(database.owner)).toEqual(world);
  const { "Idempotency-Key": _none, ...plain } = headers;
  const another = await call("POST", path, { headers: plain, body });
  expect(another.status).toBe(201);
  expect((another.json as { id: string }).id).not.toBe((first.json as { id: string }).id);
});

test("stored response: not replayed after losing the organization, or for another one", async () => {
  const { database, call, fixture, otherScene } = api();
  const person = await makePerson(database.owner);
  const orgIds = [fixture.orgId, otherScene.orgId];
  const key = await makeKey(database.owner, { ownerId: person.id, orgIds });
  const runId = await makeRun(database.owner, fixture);
  const path = `/v1/admin/runs/${runId}/cancellation`;
  const headers = { ...key.headers, "Idempotency-Key": "of-both" };
  expect(await call("POST", path, { headers, body: REASON })).toMatchObject({ status: 201 });
  expect(await call("POST", path, { headers, body: REASON })).toMatchObject({ status: 201 });

  const outOfReach = { status: 404, code: "RUN_NOT_FOUND", error: null, actorId: key.id };
  const narrowed = { ...headers, "X-Organization-Id": otherScene.orgId };
  await expectRefusal(api(), { path, headers: narrowed, body: REASON }, outOfReach);
  await database.owner.query("DELETE FROM key_reach WHERE key_id = $1 AND org_id = $2", [
    key.id,
    fixture.orgId,
  ]);
  await expectRefusal(api(), { path, headers, body: REASON }, outOfReach);
});

test("stored webhook: not replayed for another organization", async () => {
  const { database, fixture, otherScene } = api();
  const { id: ownerId } = await makePerson(database.owner, { role: "admin" });
  const key = await makeKey(database.owner, { ownerId, scopes: ["admin"] });
  const path = "/v1/webhooks";
  const body = JSON.stringify({ url: "https://hooks.example/kept", event_types: ["run.cancelled"] });
  const headersFor = (orgId: string) => ({
    ...key.headers,
    "Idempotency-Key": "a-webhook",
    "X-Organization-Id": orgId,
  });
  const first = await api().call("POST", path, { headers: headersFor(fixture.orgId), body });
  expect(first.status).toBe(201);
  const refused = { status: 404, code: "WEBHOOK_NOT_FOUND", error: null, actorId: key.id };
  await expectRefusal(api(), { path, headers: headersFor(otherScene.orgId), body }, refused);
  const again = await api().call("POST", path, { headers: headersFor(fixture.orgId), body });
  expect([again.status, again.text]).toEqual([201, first.text]);
});

const idempotent = OPERATIONS.filter((operation) => operation.idempotent);
/** Jobs may concern any organization. */
const NEEDS_EVERY_ORGANIZATION = new Set(["retryJob"]);

describe("replay: the same status and bytes", () => {
  test.each(
    idempotent.flatMap(({ id }) => [
      [id, "all organizations", false],
      ...(NEEDS_EVERY_ORGANIZATION.has(id) ? [] : [[id, "one organization", true]]),
    ]) as [string, string, boolean][],
  )("%s by a key of %s", async (id, _whose, isOfOne) => {
    const { database, fixture, baseUrl, call } = api();
    const { id: ownerId } = await makePerson(database.owner, { role: "admin" });
    const scopes = ["admin", ...PERMISSIONS];
    const admin = await makeKey(database.owner, {
      ownerId,
      scopes,
      ...(isOfOne && { orgIds: [fixture.orgId] }),
    });
    const inference = await makeKey(database.owner, {
      ownerId: fixture.customer.person.id,
      orgId: fixture.orgId,
    });
    const stage = { database, fixture, baseUrl, admin, inference };
    const { path, body, headers } = await FIXTURES[id]!(stage);
    const request = {
      headers: { ...admin.headers, ...headers, "Idempotency-Key": "twice" },
      ...(body && { body: JSON.stringify(body) }),
    };
    const first = await call("POST", path, request);
    expect([200, 201, 202]).toContain(first.status);
    const world = await readWorld(database.owner);
    expect(essence(await call("POST", path, request))).toEqual(essence(first));
    expect(await readWorld(database.owner)).toEqual(world);
  });
});

describe("replay after losing the organization: the same answer as for anyone out of reach", () => {
  const OF_KEPT = idempotent.filter(
    ({ id, idempotent: kept }) => kept!.within !== "no organization" && id !== "createRun",
  );
  test.each(OF_KEPT.map((operation) => [operation.id, operation] as [string, Operation]))(
    "%s",
    async (id, operation) => {
      const { database, fixture, otherScene, baseUrl, call } = api();
      const { id: ownerId } = await makePerson(database.owner, { role: "admin" });
      const orgIds = [fixture.orgId, otherScene.orgId];
      const admin = await makeKey(database.owner, { ownerId, scopes: ["admin", ...PERMISSIONS], orgIds });
      const { path, body, headers } = await FIXTURES[id]!({
        database,
        fixture,
        baseUrl,
        admin,
        inference: admin,
      });
      const request = {
        headers: { ...admin.headers, ...headers, "Idempotency-Key": "lost" },
        ...(body && { body: JSON.stringify(body) }),
      };
      expect([200, 201, 202]).toContain((await call("POST", path, request)).status);
      const narrowed = {
        ...request,
        headers: { ...request.headers, "X-Organization-Id": otherScene.orgId },
      };
      const { notFound } = operation.idempotent as { notFound: string };
      expect(await call("POST", path, narrowed)).toMatchObject({ status: 404, json: { code: notFound } });
    },
  );
});
