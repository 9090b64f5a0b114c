"use client";

import { cx } from "@/components/ui/class-names";
import { useTimedText } from "@/components/ui/clock";
import { shareClass } from "@/components/ui/share-class";
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
  const share = useTimedText((now) => shareClass(placeOnLog(elapsed(now), scale)));
  // An ended run needs no attention, however long it took.
  const overdue = useTimedText((now) => (run.duration_ms === null && elapsed(now) > p95Ms ? "overdue" : ""));
  const fill = overdue ? "bg-warn" : "bg-accent";
  return (
    <>
      <span
        className={cx("filled absolute -top-1 bottom-0 left-(--share) w-0.5 -translate-x-1/2", share, fill)}
      />
      <span
        className={cx(
          "filled absolute -top-1.5 left-(--share) size-2 -translate-x-1/2 rounded-full",
          share,
          fill,
        )}
      />
      <span
        className={cx(
          "absolute -top-6 left-(--share) -translate-x-(--share) text-xs font-medium whitespace-nowrap",
          share,
          overdue ? "text-warn" : "text-accent",
        )}
      >
        This run
      </span>
    </>
  );
}
