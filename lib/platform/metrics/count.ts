import { Refusal } from "@/lib/platform/errors";
import { metrics } from "./metrics";

/** Operations times statuses: a few hundred. Looking labels up costs more than counting. */
const requests = new Map<string, { inc(): void }>();
const durations = new Map<string, { observe(seconds: number): void }>();

/** @param operation the operation's id, undefined for a path or method that doesn't exist */
export function countRequest(operation: string | undefined, status: number, seconds: number): void {
  const name = operation ?? "none";
  const key = `${name} ${status}`;
  let counter = requests.get(key);
  if (!counter) requests.set(key, (counter = metrics().requests.labels(name, String(status))));
  counter.inc();
  let histogram = durations.get(name);
  if (!histogram) durations.set(name, (histogram = metrics().durations.labels(name)));
  histogram.observe(seconds);
}

export type CancelOutcome = "canceled" | "unchanged" | "refused" | "conflict";

export const countCancels = (outcome: CancelOutcome, count = 1): void =>
  metrics().cancellations.inc({ outcome }, count);

/** Counts a cancel that was refused; other errors are no outcome, because the run's state is unknown. */
export function countRefusedCancel(error: unknown): void {
  if (error instanceof Refusal && error.code !== "SERVICE_UNAVAILABLE")
    countCancels(error.code === "CONFLICT" ? "conflict" : "refused");
}

export const countLostRace = (): void => metrics().racesLost.inc();
