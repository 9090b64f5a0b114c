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

test("steps stand in the order of the life cycle, with the end last", () => {
  const items = buildTimeline(run, [event({ status_code: "dispatching" })]);
  expect(items.map(({ title }) => title)).toEqual(["Created", "Dispatching", "Running", "Cancelled"]);
});

test("a provider clock that is behind ours does not dispatch a run before it was created", () => {
  const early = event({ status_code: "dispatching", occurred_at: "2026-05-23T10:41:00.000+00:00" });
  expect(buildTimeline(run, [early])[1]).toMatchObject({ title: "Dispatching", at: at(0) });
});

test("a late result of a cancelled run is a ghost that says how late it was and what it cost", () => {
  const late = event({ event_id: "late", outcome: "dropped_terminal", cost: "0.12", received_at: at(34) });
  expect(buildTimeline(run, [late]).at(-1)).toMatchObject({
    isGhost: true,
    title: "Provider reported succeeded 14 s after the cancel",
    note: "Dropped, 0.12 USD reported",
  });
  expect(buildTimeline({ ...run, cost: "0.12" }, [late]).at(-1)?.note).toBe("Dropped, 0.12 USD billed");
});

test("a duplicate stands where it arrived, between the steps", () => {
  const twice = event({
    event_id: "twice",
    status_code: "running",
    outcome: "duplicate",
    received_at: at(5),
  });
  const items = buildTimeline(run, [twice]);
  expect(items.map(({ isGhost }) => isGhost)).toEqual([false, false, true, false]);
  expect(items[2]?.title).toBe("Provider reported running again");
});
