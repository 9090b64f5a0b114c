"use client";

import { cx } from "@/components/ui/class-names";
import { useTimedText } from "@/components/ui/clock";
import type { RunFacts } from "@/lib/client/runs";
import { describeElapsed, describeTypical, type LatencyFigures } from "./latency-profile";

/** The run's duration and its model's typical duration, in one line. */
export function RunVerdict({ run, profile }: { run: RunFacts; profile: LatencyFigures | undefined }) {
  const createdAt = Date.parse(run.created_at);
  const elapsed = (now: number) => Math.max(0, run.duration_ms ?? now - createdAt);
  const words = useTimedText((now) => describeElapsed(run.status_code, elapsed(now)));
  // An ended run needs no attention, however long it took.
  const overdue = useTimedText((now) =>
    profile && run.completed_at === null && elapsed(now) > profile.p95Ms ? "overdue" : "",
  );
  return (
    <p className="text-pretty">
      <span className={cx("font-medium", overdue ? "text-warn" : "text-ink")}>{words}</span>
      {profile && ` ${describeTypical(profile)}`}
    </p>
  );
}
