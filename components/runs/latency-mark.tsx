"use client";

import { cx } from "@/components/ui/class-names";
import { useTimedText } from "@/components/ui/clock";
import { placeOnLog } from "./density";

export type TimedRun = {
  created_at: string;
  /** Null while the run is active. */
  duration_ms: number | null;
};

type Props = { run: TimedRun; scale: { fromMs: number; toMs: number }; p95Ms: number };

/** Marks a run on its model's chart; the mark moves while the run is active. */
export function LatencyMark({ run, scale, p95Ms }: Props) {
  const elapsed = (now: number) => Math.max(0, run.duration_ms ?? now - Date.parse(run.created_at));
  // In whole percent: the mark moves only when the change is visible.
  const left = useTimedText((now) => `${Math.round(placeOnLog(elapsed(now), scale))}%`);
  // An ended run needs no attention, however long it took.
  const overdue = useTimedText((now) => (run.duration_ms === null && elapsed(now) > p95Ms ? "overdue" : ""));
  const fill = overdue ? "bg-warn" : "bg-accent";
  return (
    <>
      <span className={cx("filled absolute -top-1 bottom-0 w-0.5 -translate-x-1/2", fill)} style={{ left }} />
      <span
        className={cx("filled absolute -top-1.5 size-2 -translate-x-1/2 rounded-full", fill)}
        style={{ left }}
      />
      <span
        className={cx(
          "absolute -top-6 text-xs font-medium whitespace-nowrap",
          overdue ? "text-warn" : "text-accent",
        )}
        style={{ left, transform: `translateX(-${left})` }}
      >
        This run
      </span>
    </>
  );
}
