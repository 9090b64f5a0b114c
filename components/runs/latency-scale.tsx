"use client";

import { cx } from "@/components/ui/class-names";
import { useTimedText } from "@/components/ui/clock";
import { shareClass } from "@/components/ui/share-class";
import type { TimedRun } from "./latency-mark";
import type { LatencyFigures } from "./latency-profile";

/** Replaces the chart while a model has too few runs for one. */
export function LatencyScale({ run, profile }: { run: TimedRun; profile: LatencyFigures }) {
  // In whole percent of the p95: the scale moves only when the change is visible.
  const percent = Number(
    useTimedText((now) =>
      String(Math.round(((run.duration_ms ?? now - Date.parse(run.created_at)) / profile.p95Ms) * 100)),
    ),
  );
  const isOver = percent > 100 && run.duration_ms === null;
  return (
    <div aria-hidden className="bg-line relative mt-1 mb-4 h-1.5 rounded-full forced-colors:border">
      <div
        className={cx(
          "filled h-full w-(--share) rounded-full",
          place(percent),
          isOver ? "bg-warn" : "bg-ink-muted",
        )}
      />
      <Tick at={place((profile.p50Ms / profile.p95Ms) * 100)} label="50%" />
      <Tick at={place(100)} label="95%" />
    </div>
  );
}

/** The scale ends a third beyond the p95; the text says how far beyond it a run is. */
const place = (percentOfP95: number): string => shareClass(percentOfP95 * 0.75);

function Tick({ at, label }: { at: string; label: string }) {
  return (
    <span className={cx("border-ink absolute -top-0.5 left-(--share) h-2.5 border-l-2", at)}>
      <span className="text-ink-muted absolute top-3 -translate-x-1/2 text-xs whitespace-nowrap">
        {label}
      </span>
    </span>
  );
}
