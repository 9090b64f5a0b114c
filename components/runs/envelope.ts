import { formatDuration } from "@/lib/client/format-time";

/** A model's typical latency in milliseconds, queued to finished. */
export type Envelope = { p50Ms: number; p95Ms: number };

/** @returns how a run's time compares with what its model typically takes, in words */
export function compareWithEnvelope(elapsedMs: number, { p50Ms, p95Ms }: Envelope): string {
  if (elapsedMs > p95Ms) return `${formatRatio(elapsedMs / p95Ms)} × the p95 of`;
  if (elapsedMs > p50Ms) return `within the p95 (${formatDuration(p95Ms)}) of`;
  return `within the p50 (${formatDuration(p50Ms)}) of`;
}

/** "1.4", "8.3", "27": a digit after the point only where it says something. */
export const formatRatio = (ratio: number): string =>
  ratio < 10 ? (Math.floor(ratio * 10) / 10).toFixed(1) : String(Math.floor(ratio));
