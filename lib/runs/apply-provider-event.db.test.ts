import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { ProviderEventBody } from "@/lib/contract/provider";
import { parseJson } from "@/lib/platform/json/json";
import {
  EVENT_OUTCOMES,
  type EventOutcome,
  isTerminal,
  PROVIDER_STATUSES,
  RUN_STATUSES,
  type RunStatus,
} from "@/lib/states/run";
import { useDatabase } from "@/test/database";
import { makeRun, seedFixture, makeStaff, type Fixture, TEST_CONTEXT } from "@/test/fixture";
import { readQueuedEffects } from "@/test/queued-effects";
import { applyProviderEvent } from "./apply-provider-event";
import { cancelRun } from "./cancel-run";
import { getRun } from "./get-run";
import { listProviderEvents } from "./list-provider-events";

const database = useDatabase();
let fixture: Fixture;
beforeAll(async () => void (fixture = await seedFixture(database().owner)));

const OUTPUT = {
  outputs: [{ url: "https://cdn.example/1.png", type: "image" }],
  seed: null,
  timing: null,
  nsfw_detected: null,
};

/** Parses a body with the contract's schema, as the route does, and returns the ledger's row. */
async function report(runId: string, fields: Record<string, unknown>) {
  const body = JSON.stringify({ event_id: randomUUID(), occurred_at: new Date().toISOString(), ...fields });
  const event = ProviderEventBody.parse(parseJson(body));
  return applyProviderEvent(database().db, { runId, event, body });
}

const read = (runId: string) => getRun(database().db, { all: true }, runId);
const ledger = (runId: string) => listProviderEvents(database().db, runId);
const at = (ms: number): string => new Date(Date.now() + ms).toISOString();

/** A canceled run is still charged for late work; nothing else about a finished run changes. */
const chargeOf = (before: RunStatus) =>
  before === "canceled" ? { cost: "0.25", cost_breakdown: { provider_charge: "0.25" } } : {};

describe("provider event: outcome in each state of the run", () => {
  for (const before of RUN_STATUSES) {
    for (const reported of PROVIDER_STATUSES) {
      const isForward = RUN_STATUSES.indexOf(reported) > RUN_STATUSES.indexOf(before);
      const expected: EventOutcome = isTerminal(before)
        ? "dropped_terminal"
        : isForward
          ? "applied"
          : "out_of_order";

      it(`${before} run, ${reported} reported: ${expected}`, async () => {
        const runId = await makeRun(database().owner, fixture, { status: before });
        const unchanged = await read(runId);
        const receipt = await report(runId, { status_code: reported, cost: "0.25" });
        expect(receipt).toMatchObject({ run_id: runId, outcome: expected });
        const run = await read(runId);
        if (expected === "applied") expect(run.status_code).toBe(reported);
        else expect(run).toEqual({ ...unchanged, ...chargeOf(before) });
        expect(await ledger(runId)).toMatchObject([
          { status_code: reported, outcome: expected, cost: "0.25" },
        ]);
      });
    }
  }
});

describe("provider event: changes to the run", () => {
  it("run from creation to end: applies each event", async () => {
    const runId = await makeRun(database().owner, fixture, { status: "queued", ageMs: 10_000 });
    const created = Date.parse((await read(runId)).created_at);
    const since = (ms: number): string => new Date(created + ms).toISOString();
    await report(runId, { status_code: "dispatching", occurred_at: since(500) });
    expect(await read(runId)).toMatchObject({
      status_code: "dispatching",
      started_at: null,
      completed_at: null,
    });
    await report(runId, { status_code: "running", occurred_at: since(1_200) });
    await report(runId, {
      status_code: "succeeded",
      occurred_at: since(8_250),
      output: OUTPUT,
      cost: "0.1200",
    });
    const run = await read(runId);
    expect(run).toMatchObject({
      status_code: "succeeded",
      output: OUTPUT,
      cost: "0.12",
      failure_code: null,
      duration_ms: 8_250,
    });
    expect(Date.parse(run.started_at!)).toBe(created + 1_200);
    expect(Date.parse(run.completed_at!)).toBe(created + 8_250);
  });

  it("failed run: keeps the failure, without output or cost", async () => {
    const runId = await makeRun(database().owner, fixture);
    await report(runId, {
      status_code: "failed",
      output: OUTPUT,
      cost: "0.5",
      failure_code: "E",
      failure_message: "m",
      failure_stage_code: "s",
    });
    expect(await read(runId)).toMatchObject({
      output: null,
      cost: null,
      failure_code: "E",
      failure_message: "m",
      failure_stage_code: "s",
    });
    expect(await ledger(runId)).toMatchObject([{ cost: "0.5" }]);
  });

  it("partial success: keeps output and failure; success: only output", async () => {
    const fields = { output: OUTPUT, failure_code: "E", cost: "1" };
    const partial = await makeRun(database().owner, fixture);
    await report(partial, { status_code: "partial_succeeded", ...fields });
    expect(await read(partial)).toMatchObject({ output: OUTPUT, failure_code: "E", cost: "1" });
    const whole = await makeRun(database().owner, fixture);
    await report(whole, { status_code: "succeeded", ...fields });
    expect(await read(whole)).toMatchObject({ output: OUTPUT, failure_code: null });
  });

  it.each([
    ["before the run", "1999-01-01T00:00:00Z"],
    ["in the future", "2999-01-01T00:00:00Z"],
    ["in the year zero", "0000-01-01T00:00:00Z"],
    ["past the calendar's range", "9999-12-31T23:59:59.999-23:59"],
  ])("end reported %s: clamped between the run's start and now", async (_, occurredAt) => {
    const runId = await makeRun(database().owner, fixture, { status: "queued" });
    await report(runId, { status_code: "running", occurred_at: occurredAt });
    await report(runId, { status_code: "failed", occurred_at: occurredAt });
    const { created_at, started_at, completed_at, duration_ms } = await read(runId);
    expect(Date.parse(started_at!)).toBeGreaterThanOrEqual(Date.parse(created_at));
    expect(Date.parse(completed_at!)).toBeGreaterThanOrEqual(Date.parse(started_at!));
    expect(Date.parse(completed_at!)).toBeLessThan(Date.now() + 1_000);
    expect(duration_ms).toBe(Date.parse(completed_at!) - Date.parse(created_at));
    expect(await ledger(runId)).toHaveLength(2);
  });

  it("end reported before the start: ends when it started", async () => {
    const runId = await makeRun(database().owner, fixture, { status: "queued" });
    await report(runId, { status_code: "running", occurred_at: at(-1_000) });
    await report(runId, { status_code: "succeeded", occurred_at: at(-5_000) });
    const run = await read(runId);
    expect(run.completed_at).toBe(run.started_at);
  });

  it("running never reported: leaves started_at empty", async () => {
    const runId = await makeRun(database().owner, fixture, { status: "queued" });
    await report(runId, { status_code: "succeeded" });
    expect(await read(runId)).toMatchObject({ status_code: "succeeded", started_at: null });
  });
});

describe("valid but unusual bodies", () => {
  it.each([
    ["a run of forty days", { ageMs: 40 * 86_400_000 }, {}],
    ["the highest cost", {}, { cost: "99999999" }],
    ["a cost with many decimals", {}, { cost: "0.12345678901234567" }],
    ["a cost with leading zeros", {}, { cost: "0000000000000000.10" }],
    ["an output with NUL and a lone surrogate", {}, { output: { a: "\0", b: "\ud800" } }],
    ["an empty output", {}, { output: {} }],
    [
      "nulls everywhere",
      {},
      {
        output: null,
        cost: null,
        sent_at: null,
        failure_code: null,
        failure_message: null,
        failure_stage_code: null,
      },
    ],
    ["an event id near 255 UTF-16 units of emoji", {}, { event_id: "😀".repeat(127) }],
    ["a deep output", {}, { output: JSON.parse('{"a":'.repeat(198) + "1" + "}".repeat(198)) as unknown }],
    [
      "empty failure texts",
      {},
      { status_code: "failed", failure_code: "", failure_message: "", failure_stage_code: "" },
    ],
  ])("%s", async (_, traits, fields) => {
    const runId = await makeRun(database().owner, fixture, traits);
    expect(await report(runId, { status_code: "succeeded", ...fields })).toMatchObject({
      outcome: "applied",
    });
  });

  it("cost beyond the column: refused, and nothing changes", async () => {
    const runId = await makeRun(database().owner, fixture);
    const before = await read(runId);
    await expect(
      report(runId, { status_code: "succeeded", cost: "99999999999999999999" }),
    ).rejects.toMatchObject({
      code: "VALIDATION_ERROR",
    });
    expect(await read(runId)).toEqual(before);
    expect(await ledger(runId)).toEqual([]);
  });

  it("body: kept exactly as signed, including numbers", async () => {
    const runId = await makeRun(database().owner, fixture);
    const body = `{ "event_id":"${randomUUID()}", "status_code":"succeeded","occurred_at":"${at(0)}",\n "output":{"seed":12345678901234567890,"x":1.0}}`;
    await applyProviderEvent(database().db, { runId, event: ProviderEventBody.parse(parseJson(body)), body });
    const { rows } = await database().owner.query(
      "SELECT body::text FROM provider_events WHERE run_id = $1",
      [runId],
    );
    expect(rows).toEqual([{ body }]);
    const stored = await database().owner.query("SELECT output::text FROM runs WHERE id = $1", [runId]);
    expect(stored.rows).toEqual([{ output: '{"seed":12345678901234567890,"x":1.0}' }]);
  });

  it.each(["not-a-uuid", "00000000-0000-7000-8000-000000000000", ""])(
    "unknown run %j: refused as not found",
    async (runId) => {
      await expect(report(runId, { status_code: "running" })).rejects.toMatchObject({
        code: "RUN_NOT_FOUND",
      });
    },
  );
});

describe("duplicate events", () => {
  it("repeated event: duplicate, for any first outcome", async () => {
    const runId = await makeRun(database().owner, fixture, { status: "dispatching" });
    const early = { event_id: randomUUID(), status_code: "dispatching" };
    const end = { event_id: randomUUID(), status_code: "succeeded", cost: "0.3" };
    for (const event of [early, early, end, end, early]) await report(runId, event);
    const outcomes = (await ledger(runId)).map((event) => event.outcome);
    expect(outcomes).toEqual(["out_of_order", "duplicate", "applied", "duplicate", "duplicate"]);
  });

  it("same event id for another run: counts there too", async () => {
    const [first, second] = [
      await makeRun(database().owner, fixture),
      await makeRun(database().owner, fixture),
    ];
    const event = { event_id: randomUUID(), status_code: "succeeded" };
    await report(first, event);
    expect(await report(second, event)).toMatchObject({ outcome: "applied" });
    expect(await read(second)).toMatchObject({ status_code: "succeeded" });
  });

  it("copies at once, for one run or several: one counts for each run", async () => {
    for (let round = 0; round < 20; round++) {
      const runIds = [await makeRun(database().owner, fixture), await makeRun(database().owner, fixture)];
      // The first round's event changes a run; the second round's comes too late for every run.
      const event = { event_id: randomUUID(), status_code: round % 2 ? "dispatching" : "succeeded" };
      const receipts = await Promise.all(Array.from({ length: 16 }, (_, n) => report(runIds[n % 2]!, event)));
      const counted = receipts.filter(({ outcome }) => outcome !== "duplicate");
      expect(counted.map(({ run_id }) => run_id).toSorted()).toEqual(runIds.toSorted());
    }
  });
});

describe("race between provider and cancellations", () => {
  it("run longer than duration_ms can hold: canceled", async () => {
    const runId = await makeRun(database().owner, fixture, { ageMs: 40 * 86_400_000 });
    const command = { runId, reason: "a test", context: TEST_CONTEXT };
    expect(await cancelRun(database().db, fixture.support, command)).toMatchObject({
      outcome: "transitioned",
    });
  });

  it("each round: one winner, and the ledger agrees", async () => {
    const colleagues = await Promise.all(
      Array.from({ length: 4 }, () => makeStaff(database().owner, "support")),
    );
    const winners: Record<string, number> = {};
    for (let round = 0; round < 60; round++) {
      const runId = await makeRun(database().owner, fixture);
      const ends = (["succeeded", "failed"] as const).map((status) => ({
        event_id: randomUUID(),
        status_code: status,
      }));
      const events = [...ends, ...ends, { event_id: randomUUID(), status_code: "running" }];
      const calls: (() => Promise<string>)[] = [
        ...events.map((event) => async () => (await report(runId, { ...event, cost: "0.1" })).outcome),
        ...colleagues.map((colleague) => async () => {
          const command = { runId, reason: "race", context: TEST_CONTEXT };
          return (await cancelRun(database().db, colleague, command)).outcome;
        }),
      ];
      const turn = round % calls.length;
      const order = [...calls.slice(turn), ...calls.slice(0, turn)];
      const outcomes = await Promise.all(order.map((call) => call()));

      const run = await read(runId);
      const entries = await database().owner.query("SELECT id FROM audit_entries WHERE target_id = $1", [
        runId,
      ]);
      const jobs = await readQueuedEffects(database().owner, runId);
      const events_ = await ledger(runId);
      const applied = events_.filter(({ outcome }) => outcome === "applied");
      const isCancelled = run.status_code === "canceled";
      expect(outcomes.filter((outcome) => outcome === "transitioned" || outcome === "applied")).toHaveLength(
        1,
      );
      expect(entries.rowCount).toBe(isCancelled ? 1 : 0);
      expect(jobs).toHaveLength(isCancelled ? 1 : 0);
      expect(applied.map((event) => event.status_code)).toEqual(isCancelled ? [] : [run.status_code]);
      expect(events_).toHaveLength(events.length);
      for (const id of new Set(events.map((event) => event.event_id))) {
        const counted = events_.filter((event) => event.event_id === id && event.outcome !== "duplicate");
        expect(counted).toHaveLength(1);
      }
      expect(EVENT_OUTCOMES).toEqual(
        expect.arrayContaining([...new Set(events_.map((event) => event.outcome))]),
      );
      winners[run.status_code] = (winners[run.status_code] ?? 0) + 1;
    }
    // If the same side always won, the test would prove little.
    expect(Object.keys(winners).length).toBeGreaterThan(1);
  });
});
