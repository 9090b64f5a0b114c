import { formatDuration, formatRough } from "@/lib/client/format-time";
import { type Density, PROFILE_DAYS } from "@/lib/states/latency-profile";
import type { RunStatus } from "@/lib/states/run";

/** A model's typical latency in milliseconds, queued to finished. */
export type LatencyFigures = { p50Ms: number; p95Ms: number };

/** With where it comes from: without a p99 and a density the figures are the published ones. */
export type LatencyProfile = LatencyFigures & {
  p99Ms: number | null;
  samples: number;
  density: Density | null;
};

const VERBS: Record<RunStatus, string> = {
  queued: "Queued for",
  dispatching: "Dispatching for",
  running: "Running for",
  succeeded: "Took",
  failed: "Failed after",
  partial_succeeded: "Took",
  canceled: "Canceled after",
};

/** Beyond this nobody needs the seconds of a run that is still going. */
const ROUGH_FROM_MS = 3_600_000;

/** @returns how long a run has taken so far, or took: "Running for 6 days." */
export const describeElapsed = (status: RunStatus, ms: number): string =>
  `${VERBS[status]} ${ms < ROUGH_FROM_MS ? formatDuration(ms) : formatRough(ms)}.`;

/** @returns what the model usually takes, without statistics */
export const describeTypical = ({ p50Ms, p95Ms }: LatencyFigures): string =>
  `This model usually takes ${formatRough(p50Ms)}, at most about ${formatRough(p95Ms)}.`;

/** @returns which runs the figures come from */
export function describeBasis({ p99Ms, samples }: LatencyProfile): string {
  const count = `${samples.toLocaleString("en")} successful ${samples === 1 ? "run" : "runs"} in the last ${PROFILE_DAYS} days`;
  return p99Ms === null ? `Published figures; only ${count}.` : `Based on ${count}.`;
}
