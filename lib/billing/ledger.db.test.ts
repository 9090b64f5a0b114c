import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { ProviderEventBody } from "@/lib/contract/provider";
import { createClient } from "@/lib/platform/db/client";
import { applyProviderEvent } from "@/lib/runs/apply-provider-event";
import { cancelRun } from "@/lib/runs/cancel-run";
import { createRun } from "@/lib/runs/create-run";
import { useDatabase } from "@/test/database";
import { makeRun, seedFixture, type Fixture, TEST_CONTEXT } from "@/test/fixture";
import { getBalance } from "./get-balance";
import { reconcile } from "./reconcile";

const database = useDatabase();
let fixture: Fixture;
beforeEach(async () => void (fixture = await seedFixture(database().owner)));

type Report = { status_code: string; cost?: string; event_id?: string };

function report(runId: string, report: Report, db = database().db) {
  const body = JSON.stringify({ event_id: randomUUID(), occurred_at: new Date().toISOString(), ...report });
  return applyProviderEvent(db, { runId, event: ProviderEventBody.parse(JSON.parse(body)), body });
}
const cancel = (runId: string, db = database().db) =>
  cancelRun(db, fixture.support, { runId, reason: "stuck", context: TEST_CONTEXT });
const chargesOf = async (runIds: string[]) =>
  (
    await database().owner.query<{ amount: string }>(
      "SELECT trim_scale(-amount)::text AS amount FROM ledger_entries WHERE run_id = ANY($1)",
      [runIds],
    )
  ).rows.map(({ amount }) => amount);
const costOf = async (runId: string) =>
  (
    await database().owner.query<{ cost: string | null }>(
      "SELECT trim_scale(cost)::text AS cost FROM runs WHERE id = $1",
      [runId],
    )
  ).rows[0]!.cost;

describe("provider's charge: booked once, and the run's cost", () => {
  test.each([
    ["a success", [{ status_code: "succeeded", cost: "0.27" }], ["0.27"]],
    ["a partial success", [{ status_code: "partial_succeeded", cost: "0.1" }], ["0.1"]],
    ["a success that costs nothing", [{ status_code: "succeeded", cost: "0" }], ["0"]],
    ["a success without a price", [{ status_code: "succeeded" }], []],
    ["a failure, which is not billed", [{ status_code: "failed", cost: "0.27" }], []],
    ["an intermediate step", [{ status_code: "dispatching", cost: "9" }], []],
    [
      "a second success",
      [
        { status_code: "succeeded", cost: "0.27" },
        { status_code: "succeeded", cost: "5" },
      ],
      ["0.27"],
    ],
    ["a success after a failure", [{ status_code: "failed" }, { status_code: "succeeded", cost: "5" }], []],
    [
      "a second failure of a failed run",
      [
        { status_code: "failed", cost: "0.1" },
        { status_code: "failed", cost: "0.2" },
      ],
      [],
    ],
  ] as [string, Report[], string[]][])("%s", async (_name, reports, charges) => {
    const runId = await makeRun(database().owner, fixture, { status: "queued" });
    for (const each of reports) await report(runId, each);
    expect(await chargesOf([runId])).toEqual(charges);
    expect(await costOf(runId)).toBe(charges[0] ?? null);
    expect(await reconcile(database().db)).toEqual([]);
  });

  test.each([
    ["late success", "succeeded", ["0.12"]],
    ["late partial success", "partial_succeeded", ["0.12"]],
    ["late failure", "failed", ["0.12"]],
    ["a late intermediate step", "running", ["0.12"]],
  ])("canceled run: charged for work that a %s reports", async (_name, status_code, charges) => {
    const runId = await makeRun(database().owner, fixture);
    await cancel(runId);
    expect(await chargesOf([runId])).toEqual([]);
    await report(runId, { status_code, cost: "0.12" });
    await report(runId, { status_code, cost: "0.5" });
    expect(await chargesOf([runId])).toEqual(charges);
    expect(await costOf(runId)).toBe(charges[0] ?? null);
    expect(await reconcile(database().db)).toEqual([]);
  });
});

/** Sends several terminal events and a cancellation to each run, all at once over several pools. */
async function storm(runIds: string[]): Promise<void> {
  const pools = [1, 2, 3].map(() => createClient({ url: database().appUrl, poolSize: 4 }));
  await Promise.all(
    runIds.flatMap((runId, n) => {
      const events = [1, 2, 3].map((k) => ({
        event_id: `${runId}-${k}`,
        status_code: k === 3 ? "partial_succeeded" : "succeeded",
        cost: `0.${k}`,
      }));
      const calls: (() => Promise<unknown>)[] = pools.flatMap((db) =>
        events.map((event) => () => report(runId, event, db)),
      );
      calls.splice(n % calls.length, 0, () => cancel(runId, pools[n % 3]));
      return calls.map((call) => call());
    }),
  );
  await Promise.all(pools.map((pool) => pool.$disconnect()));
}

describe("concurrent, repeated events and cancels", () => {
  test("charge no run twice, and everything adds up", async () => {
    const runIds = await Promise.all(Array.from({ length: 40 }, () => makeRun(database().owner, fixture)));
    await storm(runIds);
    expect(await chargesOf(runIds)).toHaveLength(runIds.length);
    expect(await reconcile(database().db)).toEqual([]);
    const { balance } = await getBalance(database().db, fixture.orgId);
    const { rows } = await database().owner.query(
      "SELECT FROM runs WHERE org_id = $1 HAVING 1000 - sum(cost) = $2::numeric",
      [fixture.orgId, balance],
    );
    expect(rows).toHaveLength(1);
  });

  test("control: without the index and the guard, the same storm charges twice", async () => {
    const { owner } = database();
    const { rows } = await owner.query<{ sql: string }>(
      "SELECT pg_get_functiondef('book_charge'::regproc) AS sql",
    );
    const careless = rows[0]!.sql
      .replace(/ON CONFLICT[^;]*DO NOTHING/, "")
      .replace(/AND \(NEW\.outcome[^)]*\)/, "");
    expect(careless).not.toBe(rows[0]!.sql);
    await owner.query(`DROP INDEX ledger_entries_charged_once; ${careless}`);
    try {
      const runIds = await Promise.all(Array.from({ length: 10 }, () => makeRun(owner, fixture)));
      await storm(runIds);
      expect((await chargesOf(runIds)).length).toBeGreaterThan(runIds.length);
    } finally {
      await owner.query(`ALTER TABLE ledger_entries DISABLE TRIGGER ALL; DELETE FROM ledger_entries WHERE kind = 'charge';
        ALTER TABLE ledger_entries ENABLE TRIGGER ALL; UPDATE runs SET cost = NULL WHERE cost IS NOT NULL;
        UPDATE balances b SET amount = (SELECT sum(amount) FROM ledger_entries l WHERE l.org_id = b.org_id);
        CREATE UNIQUE INDEX ledger_entries_charged_once ON ledger_entries (run_id) WHERE kind = 'charge'; ${rows[0]!.sql}`);
      await owner.query(
        "ALTER TABLE provider_events DISABLE TRIGGER ALL; DELETE FROM provider_events; ALTER TABLE provider_events ENABLE TRIGGER ALL",
      );
    }
  });
});

/** Removes a test's disagreements, bypassing the triggers. */
async function forget(runIds: string[]): Promise<void> {
  for (const table of ["ledger_entries", "provider_events"]) {
    await database().owner.query(`ALTER TABLE ${table} DISABLE TRIGGER ALL`);
    await database().owner.query(`DELETE FROM ${table} WHERE run_id = ANY($1)`, [runIds]);
    await database().owner.query(`ALTER TABLE ${table} ENABLE TRIGGER ALL`);
  }
  await database().owner.query("UPDATE runs SET cost = NULL WHERE id = ANY($1)", [runIds]);
  await database().owner.query(
    "UPDATE balances b SET amount = (SELECT sum(amount) FROM ledger_entries l WHERE l.org_id = b.org_id)",
  );
}

describe("reconciliation reports", () => {
  test.each([
    [
      "a cost that is not the charge",
      "UPDATE runs SET cost = 9 WHERE id = $1",
      "the run's cost is not its charge",
    ],
    [
      "a cost without a charge",
      "UPDATE runs SET cost = 9 WHERE id = (SELECT id FROM runs WHERE cost IS NULL AND $1::uuid IS NOT NULL LIMIT 1)",
      "the run's cost is not its charge",
    ],
    [
      "a wrong balance",
      "UPDATE balances SET amount = amount + 1 WHERE org_id = (SELECT org_id FROM runs WHERE id = $1)",
      "the balance is not the sum of its ledger",
    ],
    [
      "a lost balance",
      "DELETE FROM balances WHERE org_id = (SELECT org_id FROM runs WHERE id = $1)",
      "the balance is not the sum of its ledger",
    ],
  ])("%s", async (_name, sql, problem) => {
    const runId = await makeRun(database().owner, fixture);
    await makeRun(database().owner, fixture);
    await report(runId, { status_code: "succeeded", cost: "0.2" });
    const client = await database().owner.connect();
    try {
      await client.query("BEGIN");
      expect((await client.query(sql, [runId])).rowCount).toBe(1);
      await client.query("COMMIT");
      expect((await reconcile(database().db)).map((each) => each.problem)).toEqual([problem]);
    } finally {
      client.release();
      await database().owner
        .query(`UPDATE runs SET cost = (SELECT -amount FROM ledger_entries l WHERE l.run_id = runs.id);
        INSERT INTO balances (org_id) SELECT DISTINCT org_id FROM ledger_entries ON CONFLICT DO NOTHING;
        UPDATE balances b SET amount = (SELECT sum(amount) FROM ledger_entries l WHERE l.org_id = b.org_id)`);
    }
    expect(await reconcile(database().db)).toEqual([]);
  });

  test("a failed run with a charge, and a charge of another organization", async () => {
    const { owner, db } = database();
    const book = "INSERT INTO ledger_entries (org_id, kind, amount, run_id) VALUES ($1, 'charge', -1, $2)";
    const failed = await makeRun(owner, fixture, { status: "failed" });
    await owner.query(book, [fixture.orgId, failed]);
    expect(await reconcile(db)).toEqual([{ problem: "the run failed and was charged", subject: failed }]);
    const succeeded = await makeRun(owner, fixture, { status: "succeeded" });
    await owner.query(book, [(await seedFixture(owner)).orgId, succeeded]);
    expect(await reconcile(db)).toContainEqual({
      problem: "the charge is of another organization than its run",
      subject: succeeded,
    });
    await forget([failed, succeeded]);
    expect(await reconcile(db)).toEqual([]);
  });

  test.each(["succeeded", "failed"])(
    "late work, %s, of a canceled run that was not booked",
    async (status_code) => {
      const { owner, db } = database();
      const runId = await makeRun(owner, fixture);
      await cancel(runId);
      await owner.query("ALTER TABLE provider_events DISABLE TRIGGER provider_events_book_charge");
      await report(runId, { status_code, cost: "0.2" });
      await owner.query("ALTER TABLE provider_events ENABLE TRIGGER provider_events_book_charge");
      const problem = "the provider reported a charge that was not booked";
      expect(await reconcile(db)).toEqual([{ problem, subject: runId }]);
      await forget([runId]);
      expect(await reconcile(db)).toEqual([]);
    },
  );

  test("an event that was not booked, or with another amount", async () => {
    const runId = await makeRun(database().owner, fixture);
    await database().owner.query("ALTER TABLE provider_events DISABLE TRIGGER provider_events_book_charge");
    await report(runId, { status_code: "succeeded", cost: "0.2" });
    await database().owner.query("ALTER TABLE provider_events ENABLE TRIGGER provider_events_book_charge");
    const expected = [{ problem: "the provider reported a charge that was not booked", subject: runId }];
    expect(await reconcile(database().db)).toEqual(expected);

    const book =
      "INSERT INTO ledger_entries (org_id, kind, amount, run_id, provider_event_id) SELECT $1, 'charge', -9, $2, id FROM provider_events WHERE run_id = $2";
    await database().owner.query(book, [fixture.orgId, runId]);
    const wrong = [{ problem: "the charge is not what the provider reported", subject: runId }];
    expect(await reconcile(database().db)).toEqual(wrong);
  });
});

test("no credit: no run is created; an unknown model is still reported as unknown", async () => {
  const create = (model = fixture.model) =>
    createRun(database().db, fixture.customer, { model, body: { input: {} }, context: TEST_CONTEXT });
  expect(await create()).toMatchObject({ status_code: "queued" });
  await database().owner.query(
    "INSERT INTO ledger_entries (org_id, kind, amount, run_id) VALUES ($1, 'charge', -1000, $2)",
    [fixture.orgId, await makeRun(database().owner, fixture)],
  );
  expect(await getBalance(database().db, fixture.orgId)).toMatchObject({ balance: "0", is_low: true });
  const count = async () =>
    (await database().owner.query("SELECT FROM runs WHERE org_id = $1", [fixture.orgId])).rowCount;
  const before = await count();
  await expect(create()).rejects.toMatchObject({ code: "INSUFFICIENT_CREDIT" });
  await expect(create("test/unknown")).rejects.toMatchObject({ code: "MODEL_NOT_FOUND" });
  expect(await count()).toBe(before);
  await database().owner.query(
    "INSERT INTO ledger_entries (org_id, kind, amount) VALUES ($1, 'top_up', 0.000001)",
    [fixture.orgId],
  );
  expect(await create()).toMatchObject({ status_code: "queued" });
  await database().owner.query("DELETE FROM balances WHERE org_id = $1", [fixture.orgId]);
  await expect(create()).rejects.toMatchObject({ code: "INSUFFICIENT_CREDIT" });
});
