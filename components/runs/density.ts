import type { Density } from "@/lib/states/latency-profile";

/** A time's position on a logarithmic scale, in percent, clamped to its ends. */
export function placeOnLog(ms: number, { fromMs, toMs }: { fromMs: number; toMs: number }): number {
  const part = Math.log(Math.max(1, ms) / fromMs) / Math.log(toMs / fromMs);
  return Math.min(100, Math.max(0, part * 100));
}

/** A mark of the chart: at most `percent` of the runs took that long. */
export type PercentMark = { percent: number; at: number };

/** Of "95%" and "95–99%" on the narrowest screen, in percent of the chart; and the space between two. */
const [ONE_WIDE, RANGE_WIDE, GAP] = [8.5, 16, 3];
/** A label farther from its mark would be unclear. */
const MOST_SHIFT = 3;

type Label = { marks: PercentMark[]; /** The middle. */ at: number };

/** Shifts labels apart that are close together; joins those too close for that: "95–99%", in their middle. */
export function labelMarks(marks: readonly PercentMark[]): { text: string; at: number }[] {
  const labels: Label[] = [];
  for (const mark of marks) {
    let label: Label = { marks: [mark], at: mark.at };
    while (missingRoom(labels.at(-1), label) > MOST_SHIFT) label = join(labels.pop()!, label);
    label.at += missingRoom(labels.at(-1), label);
    labels.push(label);
  }
  return labels.map(({ marks: [first, ...rest], at }) => ({
    text: rest.length === 0 ? `${first!.percent}%` : `${first!.percent}–${rest.at(-1)!.percent}%`,
    at,
  }));
}

const widthOf = ({ marks }: Label): number => (marks.length > 1 ? RANGE_WIDE : ONE_WIDE);
const missingRoom = (left: Label | undefined, right: Label): number =>
  left ? Math.max(0, (widthOf(left) + widthOf(right)) / 2 + GAP - (right.at - left.at)) : 0;

function join(left: Label, right: Label): Label {
  const marks = [...left.marks, ...right.marks];
  return { marks, at: (marks[0]!.at + marks.at(-1)!.at) / 2 };
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
