import { cx } from "@/components/ui/class-names";
import { shareClass } from "@/components/ui/share-class";
import { formatDuration, formatRough } from "@/lib/client/format-time";
import type { Density } from "@/lib/states/latency-profile";
import { drawDensity, labelMarks, placeOnLog } from "./density";
import { LatencyMark, type TimedRun } from "./latency-mark";
import type { LatencyProfile } from "./latency-profile";

type Props = {
  run: TimedRun & { model: string };
  profile: LatencyProfile & { density: Density; p99Ms: number };
};

/** An active run is shown up to this multiple of the p95. */
const FARTHEST = 10;

/** Recent durations of the model's runs, as a density over a logarithmic scale, with this run marked. */
export function LatencyChart({ run, profile }: Props) {
  const { density, p50Ms, p95Ms, p99Ms, samples } = profile;
  const { duration_ms: durationMs } = run;
  const scale = {
    fromMs: Math.min(density.fromMs, Math.max(1, durationMs ?? density.fromMs)),
    toMs: Math.max(density.toMs, durationMs ?? FARTHEST * p95Ms),
  };
  const place = (ms: number) => placeOnLog(ms, scale);
  const marks = [
    { percent: 50, at: place(p50Ms) },
    { percent: 95, at: place(p95Ms) },
    { percent: 99, at: place(p99Ms) },
  ];
  const label =
    `How long ${samples.toLocaleString("en")} runs of ${run.model} took: 50% up to ${formatRough(p50Ms)}, ` +
    `95% up to ${formatRough(p95Ms)}, 99% up to ${formatRough(p99Ms)}. ` +
    (durationMs === null ? "This run hasn’t ended." : `This run: ${formatDuration(durationMs)}.`);
  return (
    <div
      role="img"
      aria-label={label}
      className="relative mt-5 mr-4 mb-4 h-20 border-b border-b-(--line-strong)"
    >
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" className="absolute inset-0 size-full">
        <path
          d={drawDensity(density, place)}
          className="fill-line-strong stroke-ink-muted"
          strokeWidth="1"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      {marks.map(({ percent, at }) => (
        <span
          key={percent}
          className={cx(
            "border-ink-muted absolute inset-y-0 left-(--share) border-l border-dashed",
            shareClass(at),
          )}
        />
      ))}
      {labelMarks(marks).map(({ text, at }) => (
        <span
          key={text}
          className={cx(
            "text-ink-muted absolute top-full left-(--share) mt-0.5 -translate-x-1/2 text-xs",
            shareClass(at),
          )}
        >
          {text}
        </span>
      ))}
      <LatencyMark run={run} scale={scale} p95Ms={p95Ms} />
    </div>
  );
}
