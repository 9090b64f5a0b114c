import { formatDuration } from "@/lib/client/format-time";
import { type Density, PROFILE_DAYS, SAMPLES_NEEDED } from "@/lib/states/latency-profile";
import { formatRatio } from "./format-ratio";

/** A model's typical latency in milliseconds, queued to finished. */
export type LatencyFigures = { p50Ms: number; p95Ms: number };

/** With where it comes from: without a p99 and a density the figures are the published ones. */
export type LatencyProfile = LatencyFigures & {
  p99Ms: number | null;
  samples: number;
  density: Density | null;
};

/** @returns the figures and where they come from, in words */
export function describeProfile({ p50Ms, p95Ms, p99Ms, samples }: LatencyProfile): string {
  const figures = `p50 ${formatDuration(p50Ms)} · p95 ${formatDuration(p95Ms)}`;
  const count = `${samples.toLocaleString("en")} ${samples === 1 ? "success" : "successes"}`;
  if (p99Ms === null)
    return `${figures}, as published: the last ${PROFILE_DAYS} days have ${count}, fewer than ${SAMPLES_NEEDED}`;
  return `${figures} · p99 ${formatDuration(p99Ms)}, of ${count} in the last ${PROFILE_DAYS} days`;
}

/** @returns how a run's time compares with what its model typically takes, in words */
export function compareWithProfile(elapsedMs: number, { p50Ms, p95Ms }: LatencyFigures): string {
  if (elapsedMs > p95Ms) return `${formatRatio(elapsedMs / p95Ms)} × the p95 of`;
  if (elapsedMs > p50Ms) return `within the p95 (${formatDuration(p95Ms)}) of`;
  return `within the p50 (${formatDuration(p50Ms)}) of`;
}
