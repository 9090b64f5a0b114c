import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { cancelRun } from "@/lib/runs/cancel-run";
import { isTerminal, RUN_STATUSES, TERMINAL_STATUSES } from "@/lib/states/run";
import { useDatabase } from "@/test/database";
import { makeRun, seedFixture, type Fixture, TEST_CONTEXT } from "@/test/fixture";

const database = useDatabase();
let fixture: Fixture;
let runId: string;

beforeAll(async () => {
  fixture = await seedFixture(database().owner);
  runId = await makeRun(database().owner, fixture);
  await cancelRun(database().db, fixture.support, { runId, reason: "stuck", context: TEST_CONTEXT });
  await database().owner.query(
    `INSERT INTO security_events (kind, status, code, method, path, request_id)
     VALUES ('request.refused', 401, 'UNAUTHORIZED', 'POST', '/v1/admin', 'req_test')`,
  );
  await database().owner.query(
    `INSERT INTO provider_events (run_id, event_id, status_code, outcome, body, occurred_at)
     VALUES ($1, 'event', 'succeeded', 'dropped_terminal', '{}', now())`,
    [runId],
  );
});

const INSUFFICIENT_PRIVILEGE = "42501";

describe.each(["audit_entries", "security_events", "provider_events"])("%s: append-only", (table) => {
  const changes = [
    `UPDATE ${table} SET request_id = request_id`.replace(
      /request_id/g,
      table === "provider_events" ? "event_id" : "request_id",
    ),
    `UPDATE ${table} SET id = id WHERE false`,
    `DELETE FROM ${table}`,
    `TRUNCATE ${table} CASCADE`,
    `INSERT INTO ${table} SELECT * FROM ${table} ON CONFLICT (${table === "provider_events" ? "id" : "occurred_at, id"})
       DO UPDATE SET id = EXCLUDED.id`,
  ];

  test.each(changes)("application: can't %s", async (sql) => {
    const before = await database().owner.query(`SELECT * FROM ${table}`);
    expect(before.rows).toHaveLength(1);
    await expect(database().app.query(sql)).rejects.toMatchObject({ code: INSUFFICIENT_PRIVILEGE });
    expect((await database().owner.query(`SELECT * FROM ${table}`)).rows).toEqual(before.rows);
  });

  test.each(changes.slice(0, 4))("owner: can't %s without disabling the trigger", async (sql) => {
    await expect(database().owner.query(sql)).rejects.toMatchObject({
      code: INSUFFICIENT_PRIVILEGE,
      message: expect.stringContaining("append-only"),
    });
  });

  test.each([
    `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
    `DROP TRIGGER ${table}_append_only ON ${table}`,
    `DROP TABLE ${table}`,
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
    `SET ROLE owner`,
  ])("application: can't bypass this: %s", async (sql) => {
    await expect(database().app.query(sql)).rejects.toMatchObject({
      code: expect.stringMatching(/^42501|22023$/),
    });
  });
});

describe("a finished run is final", () => {
  test.each(TERMINAL_STATUSES)("%s run: its result can't be changed", async (status) => {
    const { app, owner } = database();
    const id = await makeRun(owner, fixture, { status });
    const other = status === "failed" ? "succeeded" : "failed";
    for (const change of [
      "status_code = 'running', completed_at = NULL, duration_ms = NULL",
      `status_code = '${other}'`,
      "completed_at = completed_at + interval '1 ms'",
      "duration_ms = duration_ms + 1",
      ...(status === "succeeded" || status === "partial_succeeded" ? [`output = '{"outputs":[]}'`] : []),
    ]) {
      await expect(app.query(`UPDATE runs SET ${change} WHERE id = $1`, [id])).rejects.toMatchObject({
        constraint: "runs_terminal_is_final",
      });
    }
  });

  test("billing: may still add a late cost, but only through the ledger", async () => {
    await database().owner.query(
      "INSERT INTO ledger_entries (org_id, kind, amount, run_id) VALUES ($1, 'charge', -0.12, $2)",
      [fixture.orgId, runId],
    );
    const { rows } = await database().app.query(
      "SELECT trim_scale(cost)::text AS cost FROM runs WHERE id = $1",
      [runId],
    );
    expect(rows).toEqual([{ cost: "0.12" }]);
    const direct = database().app.query("UPDATE runs SET cost = 0 WHERE id = $1", [runId]);
    await expect(direct).rejects.toMatchObject({ code: INSUFFICIENT_PRIVILEGE });
  });

  test("application: can't delete a run", async () => {
    await expect(database().app.query("DELETE FROM runs")).rejects.toMatchObject({
      code: INSUFFICIENT_PRIVILEGE,
    });
  });
});

test("database: same terminal states as the code, in the same order", async () => {
  const { rows } = await database().app.query<{ status: string; terminal: boolean }>(
    "SELECT s::text AS status, is_terminal(s) AS terminal FROM unnest(enum_range(NULL::run_status)) s",
  );
  expect(rows).toEqual(RUN_STATUSES.map((status) => ({ status, terminal: isTerminal(status) })));
});

test("second entry for one run's cancellation: refused", async () => {
  const again = database().app.query(
    `INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
       target_label, source, request_id, meta)
     VALUES ($1, 'run.cancelled', now(), 'user', $2, 'Somebody', 'run', $3, 'model', 'api', 'req_test', '{"reason": null, "ticket": null}')`,
    [fixture.orgId, randomUUID(), runId],
  );
  await expect(again).rejects.toMatchObject({
    constraint: expect.stringMatching(/^audit_entries_\d{4}_\d\d_cancelled_once$/),
  });
});

test.each(
  ["audit_entries", "security_events"].flatMap((table) =>
    ["UPDATE", "DELETE FROM", "TRUNCATE"].map((verb) => [verb, table] as const),
  ),
)("a month's partition: can't be used to %s %s either", async (verb, table) => {
  const { app, worker, owner } = database();
  const { rows } = await owner.query<{ month: string }>(
    `SELECT tableoid::regclass::text AS month FROM ${table}`,
  );
  const sql = `${verb} ${rows[0]!.month} ${verb === "UPDATE" ? "SET request_id = ''" : ""}`;
  for (const role of [app, worker]) {
    await expect(role.query(sql)).rejects.toMatchObject({
      message: expect.stringMatching(/schema (audit|security)_months/),
    });
  }
  await expect(owner.query(sql)).rejects.toMatchObject({ message: expect.stringContaining("append-only") });
});
