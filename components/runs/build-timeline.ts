import { describeAnswer } from "@/components/deliveries/attempt-errors";
import { formatAge, formatDuration } from "@/lib/client/format-time";
import type { Delivery, DeliveryAttempt } from "@/lib/contract/deliveries";
import { isTerminal, type EventOutcome, type ProviderStatus, type RunStatus } from "@/lib/states/run";
import { STATUS_WORDS } from "./status-words";

type TimelineRun = {
  status_code: RunStatus;
  created_at: string;
  started_at: string | null;
  completed_at: string | null;
  /** The billed amount, in USD. */
  cost: string | null;
};

/** A provider's report, as the ledger keeps it. */
export type TimelineEvent = {
  event_id: string;
  status_code: ProviderStatus;
  outcome: EventOutcome;
  cost: string | null;
  occurred_at: string;
  received_at: string;
};

/** A delivery with every attempt. */
type TimelineDelivery = Pick<Delivery, "id" | "event" | "webhook_id"> & {
  attempts: Pick<DeliveryAttempt, "number" | "started_at" | "status" | "error">[];
};

export type TimelineItem = {
  key: string;
  at: string;
  title: string;
  /** A step of the run, a ghost (a dropped report that isn't part of its history) or a delivery attempt. */
  kind: "step" | "ghost" | "attempt";
  status: RunStatus;
  note?: string;
};

/** The run's history in order by our clock, including ghosts. */
export function buildTimeline(
  run: TimelineRun,
  events: readonly TimelineEvent[],
  deliveries: readonly TimelineDelivery[],
): TimelineItem[] {
  const dispatched = events.find(
    (event) => event.status_code === "dispatching" && event.outcome === "applied",
  );
  const items: TimelineItem[] = [step("queued", "Created", run.created_at)];
  if (dispatched)
    items.push(step("dispatching", "Dispatching", notBefore(run.created_at, dispatched.occurred_at)));
  if (run.started_at) items.push(step("running", "Running", run.started_at));
  if (run.completed_at) items.push(step(run.status_code, STATUS_WORDS[run.status_code], run.completed_at));
  const billed = findBilledGhost(run, events);
  const ghosts = events
    .filter(({ outcome }) => outcome !== "applied")
    .map((event) => ghost(run, event, event === billed));
  // The sort is stable: within one millisecond, the life cycle's order wins.
  const attempts = deliveries
    .flatMap((delivery) => delivery.attempts.map((attempt) => attemptItem(run, delivery, attempt)))
    .slice(0, MOST_ATTEMPTS);
  return [...items, ...ghosts, ...attempts].sort((a, b) => a.at.localeCompare(b.at));
}

const step = (status: RunStatus, title: string, at: string): TimelineItem => ({
  key: status,
  at,
  title,
  kind: "step",
  status,
});

/** The provider's clock may differ from ours; nothing happens to a run before it exists. */
const notBefore = (earliest: string, time: string): string => (time < earliest ? earliest : time);

/** The late report that billed a canceled run: the first one with the booked charge. */
export const findBilledGhost = <Event extends TimelineEvent>(
  { status_code, cost }: Pick<TimelineRun, "status_code" | "cost">,
  events: readonly Event[],
): Event | undefined =>
  status_code === "canceled" && cost !== null
    ? events.find((event) => event.outcome === "dropped_terminal" && event.cost === cost)
    : undefined;

function ghost(run: TimelineRun, event: TimelineEvent, isBilled: boolean): TimelineItem {
  const reported = `Provider reported “${STATUS_WORDS[event.status_code].toLowerCase()}”`;
  const cost = event.cost === null ? "" : `, ${event.cost} USD ${isBilled ? "billed" : "reported"}`;
  const common = {
    key: `${event.event_id} ${event.received_at}`,
    at: event.received_at,
    kind: "ghost" as const,
    status: event.status_code,
  };
  if (event.outcome === "duplicate")
    return { ...common, title: `${reported} again`, note: `Ignored as a duplicate${cost}` };
  if (event.outcome === "out_of_order")
    return { ...common, title: `${reported} late`, note: `Ignored as out of order${cost}` };
  return { ...common, title: `${reported}${sinceEnd(run, event)}`, note: `Dropped${cost}` };
}

/** Limits the attempts of a customer with many webhooks; the delivery list has all of them. */
const MOST_ATTEMPTS = 40;

function attemptItem(
  run: TimelineRun,
  { id, event, webhook_id }: TimelineDelivery,
  { number, started_at, status, error }: TimelineDelivery["attempts"][number],
): TimelineItem {
  const answer = describeAnswer({ last_status: status, last_error: error });
  return {
    key: `${id} ${number}`,
    at: started_at,
    title: `${webhook_id ? "Webhook" : "Callback"}: ${answer}`,
    kind: "attempt",
    status: run.status_code,
    note: number === 1 ? event : `${event}, attempt ${number}`,
  };
}

/** " 14 s after the cancel": the delay of a canceled run's late result. */
function sinceEnd({ status_code, completed_at }: TimelineRun, { received_at }: TimelineEvent): string {
  if (!completed_at || !isTerminal(status_code)) return "";
  const end = status_code === "canceled" ? "the cancel" : "the run had ended";
  const ms = Math.max(0, Date.parse(received_at) - Date.parse(completed_at));
  return ` ${ms < 1_000 ? formatDuration(ms) : formatAge(ms)} after ${end}`;
}
