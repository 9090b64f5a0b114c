"use client";

import { cx } from "@/components/ui/class-names";
import { useTimedText } from "@/components/ui/clock";
import { formatDuration } from "@/lib/client/format-time";
import type { Density } from "@/lib/states/latency-profile";
import { drawDensity, placeOnLog } from "./density";
import type { LatencyProfile } from "./latency-profile";

type Props = {
  model: string;
  profile: LatencyProfile & { density: Density; p99Ms: number };
  /** Null while the run is under way. */
  durationMs: number | null;
  elapsed: (now: number) => number;
  isOver: boolean;
};

/** A run that is under way is followed on the scale up to here, in times the p95. */
const FARTHEST = 10;

/** How long the model's runs took lately, as a density over a logarithmic scale, with this run marked on it. */
export function LatencyChart({ model, profile, durationMs, elapsed, isOver }: Props) {
  const { density, p50Ms, p95Ms, p99Ms, samples } = profile;
  const scale = {
    fromMs: Math.min(density.fromMs, Math.max(1, durationMs ?? density.fromMs)),
    toMs: Math.max(density.toMs, durationMs ?? FARTHEST * p95Ms),
  };
  const place = (ms: number) => placeOnLog(ms, scale);
  // In whole per cents of the width, so that the mark moves only when it can be seen to.
  const at = Number(useTimedText((now) => String(Math.round(place(elapsed(now))))));
  const words = useTimedText((now) => formatDuration(elapsed(now)));
  const label =
    `How long ${samples.toLocaleString("en")} runs of ${model} took: half of them up to ${formatDuration(p50Ms)}, ` +
    `95 % up to ${formatDuration(p95Ms)}, 99 % up to ${formatDuration(p99Ms)}. This run: ${words}.`;
  return (
    <div
      role="img"
      aria-label={label}
      className="relative mt-5 mr-6 mb-4 h-14 border-b border-b-(--line-strong)"
    >
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" className="absolute inset-0 size-full">
        <path
          d={drawDensity(density, place)}
          className="fill-line-strong stroke-ink-muted"
          strokeWidth="1"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      {[
        { name: "p50", ms: p50Ms, side: "-translate-x-1/2" },
        // These two may be close: each has its name on its own side of the gap.
        { name: "p95", ms: p95Ms, side: "-translate-x-full" },
        { name: "p99", ms: p99Ms, side: "" },
      ].map(({ name, ms, side }) => (
        <Line key={name} at={place(ms)} side={side} label={name} />
      ))}
      <span
        className={cx(
          "filled absolute -top-1 bottom-0 w-0.5 -translate-x-1/2",
          isOver ? "bg-warn" : "bg-accent",
        )}
        style={{ left: `${at}%` }}
      />
      <span
        className={cx(
          "filled absolute -top-1.5 size-2 -translate-x-1/2 rounded-full",
          isOver ? "bg-warn" : "bg-accent",
        )}
        style={{ left: `${at}%` }}
      />
      <span
        className={cx(
          "absolute -top-6 text-xs font-medium whitespace-nowrap",
          isOver ? "text-warn" : "text-accent",
        )}
        style={{ left: `${at}%`, transform: `translateX(-${at}%)` }}
      >
        this run
      </span>
    </div>
  );
}

function Line({ at, side, label }: { at: number; side: string; label: string }) {
  return (
    <>
      <span
        className="border-ink-muted absolute inset-y-0 border-l border-dashed"
        style={{ left: `${at}%` }}
      />
      <span
        className={cx("text-ink-muted absolute top-full mt-0.5 text-xs", side)}
        style={{ left: `${at}%` }}
      >
        {label}
      </span>
    </>
  );
}
