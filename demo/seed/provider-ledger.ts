import type { Cell } from "./copy-rows";
import type { Random } from "./random";
import type { SeededRun } from "./runs";

export const EVENT_COLUMNS = [
  "run_id",
  "event_id",
  "status_code",
  "outcome",
  "cost",
  "body",
  "occurred_at",
  "received_at",
] as const;
type EventRow = Record<(typeof EVENT_COLUMNS)[number], Cell>;

/** The provider's reports behind a fictional run's status, with an occasional duplicate. */
export function* makeEvents(run: SeededRun, random: Random): Generator<EventRow> {
  const { created_at: created, started_at: started, completed_at: completed, status_code: status } = run;
  if (status === "queued") return;
  const startedMs = started instanceof Date ? started.getTime() : undefined;
  const dispatchedMs = Math.round(
    created.getTime() + ((startedMs ?? created.getTime() + 900) - created.getTime()) / 3,
  );
  yield makeEvent(run, "dispatching", dispatchedMs, "applied", random);
  if (startedMs === undefined) return;
  const running = makeEvent(run, "running", startedMs, "applied", random);
  yield running;
  if (!(completed instanceof Date)) return;
  if (status === "canceled") {
    const lateMs = completed.getTime() + random.int(700, 90_000);
    if (run.cost !== null) yield makeEvent(run, "succeeded", lateMs, "dropped_terminal", random);
    return;
  }
  const end = makeEvent(run, status, completed.getTime(), "applied", random);
  yield end;
  const receivedMs = (end.received_at as Date).getTime();
  const later = (event: EventRow, outcome: string): EventRow => ({
    ...event,
    outcome,
    received_at: new Date(receivedMs + random.int(400, 9_000)),
  });
  if (random.chance(0.02)) yield later(end, "duplicate");
  if (random.chance(0.012))
    yield later({ ...running, event_id: `evt_${random.hex(24)}` }, "dropped_terminal");
}

function makeEvent(
  run: SeededRun,
  status: string,
  occurredMs: number,
  outcome: string,
  random: Random,
): EventRow {
  const isEnd = status !== "dispatching" && status !== "running";
  const occurred = new Date(occurredMs);
  const event = {
    event_id: `evt_${random.hex(24)}`,
    status_code: status,
    occurred_at: occurred.toISOString(),
    ...(isEnd && run.output !== null && { output: JSON.parse(String(run.output)) as unknown }),
    ...(isEnd && run.cost !== null && { cost: run.cost }),
    ...(isEnd &&
      run.failure_code !== null && {
        failure_code: run.failure_code,
        failure_message: run.failure_message,
        failure_stage_code: run.failure_stage_code,
      }),
  };
  return {
    run_id: run.id,
    event_id: event.event_id,
    status_code: status,
    outcome,
    cost: isEnd ? run.cost : null,
    body: JSON.stringify(event),
    occurred_at: occurred,
    received_at: new Date(occurredMs + random.int(15, 260)),
  };
}
