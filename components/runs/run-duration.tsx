"use client";

import { useTimedText } from "@/components/ui/clock";
import { Mark } from "@/components/ui/mark";
import { formatDuration } from "@/lib/client/format-time";
import type { RunRow } from "@/lib/client/runs";
import type { LatencyFigures } from "./latency-profile";
import { formatRatio } from "./format-ratio";

type Props = { run: Pick<RunRow, "created_at" | "duration_ms">; profile: LatencyFigures | undefined };

/** The run's total or elapsed time; highlighted once it exceeds its model's p95. */
export function RunDuration({ run, profile }: Props) {
  const text = useTimedText((now) => formatDuration(run.duration_ms ?? now - Date.parse(run.created_at)));
  const overdue = useTimedText((now) => {
    const ratio =
      profile && run.duration_ms === null ? (now - Date.parse(run.created_at)) / profile.p95Ms : 0;
    return ratio > 1 ? `${formatRatio(ratio)}×` : "";
  });
  if (!overdue) return text;
  return (
    <span className="inline-flex items-center justify-end gap-1.5 align-middle whitespace-nowrap tabular-nums">
      <Mark tone="warn" isSmall title={`${overdue} the p95 of its model`}>
        {overdue}
        <span className="sr-only"> its model’s p95,</span>
      </Mark>
      {text}
    </span>
  );
}
