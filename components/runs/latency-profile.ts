import { formatDuration, formatRough } from "@/lib/client/format-time";
import { type Density, PROFILE_DAYS } from "@/lib/states/latency-profile";
import type { RunStatus } from "@/lib/states/run";

/** A model's typical latency in milliseconds, queued to finished. */
export type LatencyFigures = { p50Ms: number; p95Ms: number };

/** Includes the source: without a p99 and a density, these are the published figures. */
export type LatencyProfile = LatencyFigures & {
  p99Ms: number | null;
  samples: number;
  density: Density | null;
};

/** Follows the status: "Running for", "Succeeded in". */
const PREPOSITIONS: Record<RunStatus, string> = {
  queued: "for",
  dispatching: "for",
  running: "for",
  succeeded: "in",
  failed: "after",
  partial_succeeded: "in",
  canceled: "after",
};

/** Beyond this, an active run's seconds don't matter. */
const ROUGH_FROM_MS = 3_600_000;

/** @returns the run's elapsed or total time, to follow its status: "for 6 days" */
export const describeElapsed = (status: RunStatus, ms: number): string =>
  `${PREPOSITIONS[status]} ${ms < ROUGH_FROM_MS ? formatDuration(ms) : formatRough(ms)}`;

/** @returns the model's typical latency in plain words */
export const describeTypical = ({ p50Ms, p95Ms }: LatencyFigures): string =>
  `This model usually takes ${formatRough(p50Ms)}; 95% of its runs finish within ${formatRough(p95Ms)}.`;

/** @returns which runs the figures come from */
export function describeBasis({ p99Ms, samples }: LatencyProfile): string {
  if (samples === 0) return `Published figures; no successful run in the last ${PROFILE_DAYS} days.`;
  const count = `${samples.toLocaleString("en")} successful ${samples === 1 ? "run" : "runs"} in the last ${PROFILE_DAYS} days`;
  return p99Ms === null ? `Published figures; only ${count}.` : `Based on ${count}.`;
}
