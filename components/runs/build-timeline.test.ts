import { expect, test } from "vitest";
import { buildTimeline, type TimelineEvent } from "./build-timeline";

const at = (second: number) => `2026-05-23T10:42:${String(second).padStart(2, "0")}.000+00:00`;

const run = {
  status_code: "canceled",
  created_at: at(0),
  started_at: at(2),
  completed_at: at(20),
  cost: null,
} as const;

const event = (changes: Partial<TimelineEvent>): TimelineEvent => ({
  event_id: "evt",
  status_code: "succeeded",
  outcome: "applied",
  cost: null,
  occurred_at: at(1),
  received_at: at(1),
  ...changes,
});

test("steps: in life cycle order, the end last", () => {
  const items = buildTimeline(run, [event({ status_code: "dispatching" })], []);
  expect(items.map(({ title }) => title)).toEqual(["Created", "Dispatching", "Running", "Canceled"]);
});

test("provider clock behind ours: dispatch never precedes creation", () => {
  const early = event({ status_code: "dispatching", occurred_at: "2026-05-23T10:41:00.000+00:00" });
  expect(buildTimeline(run, [early], [])[1]).toMatchObject({ title: "Dispatching", at: at(0) });
});

test("late result of a canceled run: a ghost with its delay and cost", () => {
  const late = event({ event_id: "late", outcome: "dropped_terminal", cost: "0.12", received_at: at(34) });
  expect(buildTimeline(run, [late], []).at(-1)).toMatchObject({
    kind: "ghost",
    title: "Provider reported “succeeded” 14 s after the cancel",
    note: "Dropped, 0.12 USD reported",
  });
  expect(buildTimeline({ ...run, cost: "0.12" }, [late], []).at(-1)?.note).toBe("Dropped, 0.12 USD billed");
  const close = { ...late, received_at: at(20).replace(".000", ".026") };
  expect(buildTimeline(run, [close], []).at(-1)?.title).toBe(
    "Provider reported “succeeded” 26 ms after the cancel",
  );
});

test("several late reports: the first with the booked charge is the billed one", () => {
  const late = { outcome: "dropped_terminal", cost: "0.12", received_at: at(34) } as const;
  const events = ["first", "second"].map((event_id) => event({ ...late, event_id, status_code: "failed" }));
  const notes = (changes: object) =>
    buildTimeline({ ...run, cost: "0.12", ...changes }, events, []).flatMap(({ note }) => note ?? []);
  expect(notes({})).toEqual(["Dropped, 0.12 USD billed", "Dropped, 0.12 USD reported"]);
  // Another run was billed by the report that ended it.
  expect(notes({ status_code: "succeeded" })).toEqual(Array(2).fill("Dropped, 0.12 USD reported"));
});

test("duplicate: placed where it arrived, between the steps", () => {
  const twice = event({
    event_id: "twice",
    status_code: "running",
    outcome: "duplicate",
    received_at: at(5),
  });
  const items = buildTimeline(run, [twice], []);
  expect(items.map(({ kind }) => kind)).toEqual(["step", "step", "ghost", "step"]);
  expect(items[2]?.title).toBe("Provider reported “running” again");
});

test("delivery attempt: placed where it was made, with the response", () => {
  const attempts = [
    { number: 1, started_at: at(21), status: null, error: "connection_refused" },
    { number: 2, started_at: at(40), status: 200, error: null },
  ];
  const callback = { id: "callback", event: "run.cancelled" as const, webhook_id: null, attempts };
  const hook = {
    ...callback,
    id: "hook",
    webhook_id: "w",
    attempts: [{ ...attempts[1]!, number: 1, started_at: at(22) }],
  };
  const late = event({ event_id: "late", outcome: "dropped_terminal", received_at: at(30) });
  const items = buildTimeline(run, [late], [callback, hook]);
  expect(items.slice(-4).map(({ kind, title, note }) => [kind, title, note])).toEqual([
    ["attempt", "Callback: Connection refused", "run.cancelled"],
    ["attempt", "Webhook: HTTP 200", "run.cancelled"],
    ["ghost", "Provider reported “succeeded” 10 s after the cancel", "Dropped"],
    ["attempt", "Callback: HTTP 200", "run.cancelled, attempt 2"],
  ]);
});

test("many failed deliveries: the timeline stays short", () => {
  const attempts = Array.from({ length: 8 }, (_, index) => ({
    number: index + 1,
    started_at: at(21 + index),
    status: 500,
    error: null,
  }));
  const hooks = Array.from({ length: 100 }, (_, index) => ({
    id: `hook ${index}`,
    event: "run.cancelled" as const,
    webhook_id: `w${index}`,
    attempts,
  }));
  expect(buildTimeline(run, [], hooks).filter(({ kind }) => kind === "attempt")).toHaveLength(40);
});
