"use client";

import { useTimedText } from "@/components/ui/clock";
import { Mark } from "@/components/ui/mark";
import type { RunFacts } from "@/lib/client/runs";
import { formatRatio } from "./format-ratio";
import { describeElapsed, type LatencyFigures } from "./latency-profile";
import { STATUS_WORDS } from "./status-words";

type Props = { run: RunFacts; profile: LatencyFigures | undefined };

/** Completes the status: the run's duration and, while it is late, how late compared with its model. */
export function RunVerdict({ run: { status_code, duration_ms, created_at, completed_at }, profile }: Props) {
  const elapsed = (now: number) => Math.max(0, duration_ms ?? now - Date.parse(created_at));
  const words = useTimedText((now) => describeElapsed(status_code, elapsed(now)));
  // An ended run needs no attention, however long it took.
  const ratio = useTimedText((now) =>
    profile && completed_at === null && elapsed(now) > profile.p95Ms
      ? formatRatio(elapsed(now) / profile.p95Ms)
      : "",
  );
  return (
    <p className="flex flex-wrap items-center gap-x-2">
      <span className={ratio ? "text-warn text-md font-semibold" : "text-md text-ink-muted"}>
        <span className="sr-only">{STATUS_WORDS[status_code]} </span>
        {words}
      </span>
      {ratio && <Mark tone="warn">{ratio} × p95</Mark>}
    </p>
  );
}
