import type { Density } from "@/lib/states/latency-profile";

/** A time's position on a logarithmic scale, in percent, clamped to its ends. */
export function placeOnLog(ms: number, { fromMs, toMs }: { fromMs: number; toMs: number }): number {
  const part = Math.log(Math.max(1, ms) / fromMs) / Math.log(toMs / fromMs);
  return Math.min(100, Math.max(0, part * 100));
}

/**
 * Outlines a density in a 100 by 100 square, with the peak at the top: one point in the middle of each
 * bucket, and the baseline at both ends.
 */
export function drawDensity({ fromMs, toMs, counts }: Density, place: (ms: number) => number): string {
  const highest = Math.max(1, ...counts);
  const at = (part: number) => place(fromMs * (toMs / fromMs) ** (part / counts.length)).toFixed(2);
  const points = counts.map(
    (count, index) => `L${at(index + 0.5)} ${(100 - (95 * count) / highest).toFixed(2)}`,
  );
  return `M${at(0)} 100${points.join("")}L${at(counts.length)} 100Z`;
}
