import { createHash, randomUUID } from "node:crypto";
import pg from "pg";
import { beforeAll, expect, test, vi } from "vitest";
import { findSessionCaller } from "@/lib/identity/find-session-caller";
import { cancelRun } from "@/lib/runs/cancel-run";
import type { Caller } from "@/lib/states/caller";
import { useDatabase } from "@/test/database";
import { type Fixture, makeRun, seedFixture, TEST_CONTEXT } from "@/test/fixture";
import { testSettings } from "@/test/server";
import { answerOnce } from "./answer-once";

const database = useDatabase();
let fixture: Fixture;

beforeAll(async () => {
  Object.assign(process.env, testSettings(database().appUrl, 0));
  fixture = await seedFixture(database().owner);
});

const BODY = Buffer.from('{"reason":"stuck"}');

const scopeOf = (credentialId: string, runId: string) => ({
  credentialId,
  path: `/v1/admin/runs/${runId}/cancellation`,
  key: randomUUID(),
  body: BODY,
  checkKept: () => {},
});

const cancel = (caller: Caller, runId: string, scope = scopeOf(caller.credentialId, runId)) =>
  answerOnce(database().db, scope, async (tx) => {
    const { outcome } = await cancelRun(tx, caller, { runId, reason: "stuck", context: TEST_CONTEXT });
    return { status: outcome === "transitioned" ? 201 : 200, headers: {}, text: outcome };
  });

const readStatus = async (runId: string) =>
  (
    await database().owner.query<{ status_code: string }>("SELECT status_code FROM runs WHERE id = $1", [
      runId,
    ])
  ).rows[0]!.status_code;

test("cancel with an idempotency key: six statements, including the caller's", async () => {
  const { owner, db } = database();
  const { person } = fixture.support;
  const { rows } = await owner.query<{ id: string }>(
    "INSERT INTO sessions (person_id, expires_at) VALUES ($1, now() + interval '1 hour') RETURNING id",
    [person.id],
  );
  const runId = await makeRun(owner, fixture);
  const statements = vi.spyOn(pg.Client.prototype, "query");
  try {
    const caller = await findSessionCaller(db, rows[0]!.id);
    expect(await cancel(caller!, runId)).toMatchObject({ status: 201 });
    expect(statements).toHaveBeenCalledTimes(6);
  } finally {
    statements.mockRestore();
  }
});

test("many requests with one key: one does the work, the others get its response or must wait", async () => {
  const runId = await makeRun(database().owner, fixture);
  const scope = scopeOf(fixture.support.credentialId, runId);
  const results = await Promise.allSettled(
    Array.from({ length: 40 }, () => cancel(fixture.support, runId, scope)),
  );
  const answers = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  expect(answers.length).toBeGreaterThan(0);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  for (const result of results)
    if (result.status === "rejected")
      expect(result.reason).toMatchObject({
        code: "CONFLICT",
        options: { errors: [{ type: "idempotency_key_in_use" }] },
      });
  expect(await cancel(fixture.support, runId, scope)).toMatchObject({ status: 201, text: "transitioned" });
});

test("first request commits between lookup and insert: the second rolls back and gets its response", async () => {
  const { owner, db } = database();
  const runId = await makeRun(owner, fixture);
  const scope = scopeOf(fixture.support.credentialId, runId);
  const hash = createHash("sha256").update(BODY).digest();
  let tries = 0;
  const answer = await answerOnce(db, scope, async (tx) => {
    tries++;
    await cancelRun(tx, fixture.support, { runId, reason: "stuck", context: TEST_CONTEXT });
    await owner.query(
      `INSERT INTO idempotency_records (credential_id, path, key, body_hash, status, headers, body, expires_at)
       VALUES ($1, $2, $3, $4, 201, '{}', 'the first answer', now() + interval '1 hour')`,
      [scope.credentialId, scope.path, scope.key, hash],
    );
    return { status: 201, headers: {}, text: "the second answer" };
  });
  expect(answer).toEqual({ status: 201, headers: {}, text: "the first answer" });
  expect(tries).toBe(1);
  expect(await readStatus(runId)).toBe("running");
});
