import { describe, expect, test } from "vitest";
import type { Run } from "@/lib/contract/runs";
import { NON_TERMINAL_STATUSES, TERMINAL_STATUSES } from "@/lib/states/run";
import { type Key, makeKey, makePerson, type Person, signIn } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { readQueuedEffects } from "@/test/queued-effects";
import { expectRefusal, readSecurityEvents, readWorld } from "@/test/refusal";
import { useApi } from "@/test/use-api";

const api = useApi();
const REASON = '{"reason":"Ticket #4821"}';
const pathOf = (runId: string): string => `/v1/admin/runs/${runId}/cancellation`;

async function makeCredential(kind: "user" | "service key", person?: Person) {
  const { database, baseUrl } = api();
  const who = person ?? (await makePerson(database.owner));
  if (kind === "user") return { who, key: undefined, headers: { ...(await signIn(baseUrl, who)) } };
  const key: Key = await makeKey(database.owner, { ownerId: who.id });
  return { who, key, headers: { ...key.headers } };
}

const readRow = async (runId: string) =>
  (await api().database.owner.query("SELECT * FROM runs WHERE id = $1", [runId])).rows[0] as Record<
    string,
    unknown
  >;
const readEntries = async (runId: string) =>
  (await api().database.owner.query("SELECT * FROM audit_entries WHERE target_id = $1", [runId]))
    .rows as Record<string, unknown>[];
const readEffects = (runId: string) => readQueuedEffects(api().database.owner, runId);

describe.each(["user", "service key"] as const)("cancel by a %s", (kind) => {
  test.each(NON_TERMINAL_STATUSES)("%s run: canceled in one step", async (status) => {
    const { database, fixture, call } = api();
    const { who, key, headers } = await makeCredential(kind);
    const runId = await makeRun(database.owner, fixture, { status, ageMs: 4_000 });
    const before = await readRow(runId);
    const startedAt = Date.now();

    const reply = await call("POST", pathOf(runId), {
      headers: { ...headers, "User-Agent": "ticket-tool/1.0" },
      body: '{"reason":"  customer ticket #4821 - duplicate submission\\n"}',
    });

    expect(reply.status).toBe(201);
    expect(reply.headers).toMatchObject({
      location: `/v1/runs/${runId}`,
      "runflow-cancellation": "transitioned",
    });
    const run = reply.json as Run;
    const after = await readRow(runId);
    const completedAt = after["completed_at"] as Date;
    const createdAt = before["created_at"] as Date;
    expect(after).toEqual({
      ...before,
      status_code: "canceled",
      completed_at: completedAt,
      duration_ms: completedAt.getTime() - createdAt.getTime(),
    });
    expect(completedAt.getTime()).toBeGreaterThanOrEqual(startedAt);
    expect(completedAt.getTime()).toBeLessThanOrEqual(Date.now());
    expect(run).toMatchObject({
      id: runId,
      status_code: "canceled",
      output: null,
      completed_at: completedAt.toISOString().replace("Z", "+00:00"),
      duration_ms: after["duration_ms"],
    });

    const [entry, ...more] = await readEntries(runId);
    expect(more).toEqual([]);
    expect(entry).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      org_id: fixture.orgId,
      action: "run.cancelled",
      occurred_at: completedAt,
      actor_type: kind === "user" ? "user" : "service_key",
      actor_id: key?.id ?? who.id,
      actor_name: key?.name ?? who.name,
      actor_email: who.email,
      actor_role: kind === "user" ? "support" : null,
      actor_key_prefix: key?.prefix ?? null,
      actor_owner_id: key ? who.id : null,
      actor_owner_name: key ? who.name : null,
      actor_maker_id: null,
      actor_maker_name: null,
      actor_maker_email: null,
      actor_owner_role: key ? who.role : null,
      target_type: "run",
      target_id: runId,
      target_label: fixture.model,
      source: kind === "user" ? "dashboard" : "api",
      ip: "127.0.0.1",
      user_agent: "ticket-tool/1.0",
      request_id: reply.requestId,
      meta: {
        reason: "customer ticket #4821 - duplicate submission",
        ticket: "#4821",
        status_before: status,
        status_after: "canceled",
      },
    });
    expect(await readEffects(runId)).toEqual([{ audit_entry_id: entry!["id"], run_id: runId }]);
  });

  test.each(TERMINAL_STATUSES)("%s run: unchanged", async (status) => {
    const { database, fixture, call } = api();
    const { headers } = await makeCredential(kind);
    const runId = await makeRun(database.owner, fixture, { status });
    const before = await readWorld(database.owner);
    const events = await readSecurityEvents(database.owner);

    const reply = await call("POST", pathOf(runId), { headers, body: '{"reason":"too late"}' });

    expect(reply.status).toBe(200);
    expect(reply.headers["runflow-cancellation"]).toBe("unchanged");
    expect(reply.headers).not.toHaveProperty("location");
    expect(reply.json).toMatchObject({ id: runId, status_code: status });
    expect(await readWorld(database.owner)).toEqual(before);
    expect(await readSecurityEvents(database.owner)).toEqual(events);
  });

  test("second cancel: 200 with the same run", async () => {
    const { database, fixture, call } = api();
    const { headers } = await makeCredential(kind);
    const runId = await makeRun(database.owner, fixture);
    const first = await call("POST", pathOf(runId), { headers, body: REASON });
    const world = await readWorld(database.owner);
    const second = await call("POST", pathOf(runId), { headers, body: '{"reason":"another reason"}' });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.text).toBe(first.text);
    expect(await readWorld(database.owner)).toEqual(world);
  });

  test("cancel of one's own run: refused, unless it has ended", async () => {
    const { database, fixture, call } = api();
    const { who, key, headers } = await makeCredential(kind);
    const runId = await makeRun(database.owner, fixture, { createdBy: who.id });
    await expectRefusal(
      api(),
      { path: pathOf(runId), headers, body: REASON },
      { status: 409, code: "CONFLICT", error: { type: "self_action_forbidden" }, actorId: key?.id ?? who.id },
    );
    const ended = await makeRun(database.owner, fixture, { createdBy: who.id, status: "succeeded" });
    expect(await call("POST", pathOf(ended), { headers, body: REASON })).toMatchObject({ status: 200 });

    const second = await makeCredential(kind);
    expect(await call("POST", pathOf(runId), { headers: second.headers, body: REASON })).toMatchObject({
      status: 201,
    });
    expect(await call("POST", pathOf(runId), { headers, body: REASON })).toMatchObject({ status: 200 });
  });

  test("cancel of a run with unknown creator: allowed", async () => {
    const { database, fixture, call } = api();
    const { headers } = await makeCredential(kind);
    const runId = await makeRun(database.owner, fixture, { createdBy: null });
    expect(await call("POST", pathOf(runId), { headers, body: REASON })).toMatchObject({ status: 201 });
  });
});

test("own run out of reach: 404, not 403", async () => {
  const { database, fixture, otherScene } = api();
  const person = await makePerson(database.owner);
  const { headers, id } = await makeKey(database.owner, { ownerId: person.id, orgIds: [fixture.orgId] });
  const runId = await makeRun(database.owner, otherScene, { createdBy: person.id });
  const missing = { status: 404, code: "RUN_NOT_FOUND", error: null, actorId: id };
  await expectRefusal(api(), { path: pathOf(runId), headers }, missing);
});

test("ended run out of reach: 404, not 200", async () => {
  const { database, fixture, otherScene } = api();
  const { headers, id } = await makeKey(database.owner, {
    ownerId: (await makePerson(database.owner)).id,
    orgIds: [fixture.orgId],
  });
  const runId = await makeRun(database.owner, otherScene, { status: "succeeded" });
  await expectRefusal(
    api(),
    { path: pathOf(runId), headers },
    { status: 404, code: "RUN_NOT_FOUND", actorId: id },
  );
});

test("audit entry: keeps the actor's name and role as they were", async () => {
  const { database, fixture, call } = api();
  const { who, headers } = await makeCredential("user");
  const runId = await makeRun(database.owner, fixture);
  await call("POST", pathOf(runId), { headers, body: REASON });
  const written = await readEntries(runId);
  await database.owner.query(
    "UPDATE people SET name = 'Another Name', email = $2, role = 'admin', disabled_at = now() WHERE id = $1",
    [who.id, `was-${who.email}`],
  );
  expect(await readEntries(runId)).toEqual(written);
  expect(written[0]).toMatchObject({ actor_name: who.name, actor_email: who.email, actor_role: "support" });
});

test("run's input and metadata: returned unchanged, to the last digit", async () => {
  const { database, fixture, call } = api();
  const { headers } = await makeCredential("service key");
  const runId = await makeRun(database.owner, fixture);
  const input = '{"seed":12345678901234567890,"scale":1.0,"big":1e400,"text":"\\u00e9 \\ud83d\\ude00"}';
  await database.owner.query(
    "UPDATE runs SET input = $2, cost = 0.350000, metadata = '{\"__proto__\":1}' WHERE id = $1",
    [runId, input],
  );
  const { text, json } = await call("POST", pathOf(runId), { headers });
  expect(text).toContain('"seed":12345678901234567890,"scale":1.0,"big":1e400,"text":"é 😀"');
  expect(text).toContain('"metadata":{"__proto__":1}');
  expect(json).toMatchObject({ cost: "0.35" });
});

describe("reason", () => {
  const cancelWith = async (body: string | undefined) => {
    const { database, fixture, call } = api();
    const { headers } = await makeCredential("service key");
    const runId = await makeRun(database.owner, fixture);
    const reply = await call("POST", pathOf(runId), { headers, ...(body !== undefined && { body }) });
    return { reply, reason: (await readEntries(runId))[0]?.["meta"] };
  };

  test.each([undefined, "", "null", "{}", '{"reason":null}'])(
    "a person must give one: %j changes nothing",
    async (body) => {
      const { database, fixture } = api();
      const { headers, who } = await makeCredential("user");
      const runId = await makeRun(database.owner, fixture);
      await expectRefusal(
        api(),
        { method: "POST", path: pathOf(runId), headers, ...(body !== undefined && { body }) },
        {
          status: 422,
          code: "VALIDATION_ERROR",
          error: { type: "missing", loc: ["body", "reason"] },
          actorId: who.id,
        },
      );
    },
  );

  test.each([undefined, "", "null", "{}", '{"reason":null}', " {} ", "\ufeff{}"])(
    "a script may leave it out: %j",
    async (body) => {
      const { reply, reason } = await cancelWith(body);
      expect(reply.status).toBe(201);
      expect(reason).toMatchObject({ reason: null, ticket: null });
    },
  );

  const long = (length: number, character = "a") => character.repeat(length);
  test.each([
    ["three letters", "abc", "abc"],
    ["three letters in white space", " \t\r\n\u0085\u00a0\u2003\u3000abc\u2028\u0085\ufeff ", "abc"],
    ["white space within", "a b\n\tc", "a b\n\tc"],
    ["500 letters", long(500), long(500)],
    ["500 letters in white space", `   ${long(500)}   `, long(500)],
    ["500 emoji", long(500, "😀"), long(500, "😀")],
    ["three emoji", "😀😀😀", "😀😀😀"],
    ["three combining characters", "e\u0301\u0302", "e\u0301\u0302"],
    ["right-to-left text", "تكرار الطلب", "تكرار الطلب"],
    ["a family, which is seven code points", "👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"],
    ["control characters", "a\u0001b\u007fc", "a\u0001b\u007fc"],
    ["zero-width spaces around what can be seen", "\u200babc\u200b", "\u200babc\u200b"],
    ["the last code point", "ab\u{10ffff}", "ab\u{10ffff}"],
    ["markup", "<script>alert('x')</script>", "<script>alert('x')</script>"],
    ["SQL", "'); DROP TABLE runs; --", "'); DROP TABLE runs; --"],
    ["a backslash and a quote", 'a\\"b', 'a\\"b'],
  ])("trimmed: %s", async (_name, given, kept) => {
    const { reply, reason } = await cancelWith(JSON.stringify({ reason: given }));
    expect(reply.status).toBe(201);
    expect(reason).toMatchObject({ reason: kept });
  });

  test.each<[string, string, string]>([
    ["empty", '""', "string_too_short"],
    ["one letter", '"a"', "string_too_short"],
    ["two letters", '"ab"', "string_too_short"],
    ["two letters and spaces", '"  ab  "', "string_too_short"],
    ["two emoji, four UTF-16 units", '"😀😀"', "string_too_short"],
    ["white space alone", '" \\t\\r\\n\\u00a0\\u3000     "', "string_too_short"],
    ["next lines alone", '"\\u0085\\u0085\\u0085"', "string_too_short"],
    ["a letter and zero-width spaces", '"\\u200b\\u200bx"', "string_too_short"],
    ...["\u200b", "\u2800", "\u3164", "\u202e", "\u00ad"].map((sign): [string, string, string] => [
      `nothing to be seen, U+${sign.charCodeAt(0).toString(16)}`,
      JSON.stringify(sign.repeat(3)),
      "string_too_short",
    ]),
    ["501 letters", JSON.stringify(long(501)), "string_too_long"],
    ["501 emoji", JSON.stringify(long(501, "😀")), "string_too_long"],
    ["250 and a half families", JSON.stringify(long(72, "👩‍👩‍👧‍👦")), "string_too_long"],
    ["a NUL", '"abc\\u0000def"', "string_has_nul"],
    ["NULs alone", '"\\u0000\\u0000\\u0000"', "string_has_nul"],
    ["the first half of a pair", '"abc\\ud83d"', "string_unicode"],
    ["the second half of a pair", '"\\ude00abc"', "string_unicode"],
    ["a pair the wrong way round", '"abc\\ude00\\ud83d"', "string_unicode"],
  ])("refused: %s", async (_name, json, type) => {
    const { database, fixture } = api();
    const { key, headers } = await makeCredential("service key");
    const path = pathOf(await makeRun(database.owner, fixture));
    await expectRefusal(
      api(),
      { path, headers, body: `{"reason":${json}}` },
      { status: 422, code: "VALIDATION_ERROR", error: { type, loc: ["body", "reason"] }, actorId: key!.id },
    );
  });
});

describe("cancel is atomic", () => {
  test.each([
    ["audit entry", "audit_entries"],
    ["entry's place in the queue for sealing", "audit_unsealed"],
    ["delivery's job", "graphile_worker._private_jobs"],
  ])("%s not writable: nothing changes", async (_name, table) => {
    const { database, fixture, call } = api();
    const { headers } = await makeCredential("service key");
    const runId = await makeRun(database.owner, fixture);
    await database.owner.query("UPDATE runs SET callback_url = 'https://hooks.example/' WHERE id = $1", [
      runId,
    ]);
    const path = pathOf(runId);
    const request = { headers: { ...headers, "Idempotency-Key": "the-first-one-fails" } };
    await database.owner.query(`
      CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'our fault'; END $$;
      CREATE TRIGGER fail BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION fail()`);
    try {
      const before = await readWorld(database.owner);
      const { status, text } = await call("POST", path, request);
      expect(status).toBe(500);
      expect(JSON.parse(text)).toMatchObject({ code: "INTERNAL_ERROR", errors: null });
      expect(text).not.toMatch(/our fault|fail|audit_entries|graphile|P20/);
      expect(await call("POST", path, { headers })).toMatchObject({ status: 500 });
      expect(await readWorld(database.owner)).toEqual(before);
    } finally {
      await database.owner.query(`DROP FUNCTION fail CASCADE`);
    }
    // The failed attempt left no idempotency record.
    expect(await call("POST", path, request)).toMatchObject({ status: 201 });
  });
});
