"use client";

import { cx } from "@/components/ui/class-names";
import { useTimedText } from "@/components/ui/clock";
import { formatDuration } from "@/lib/client/format-time";
import type { RunFacts } from "@/lib/client/runs";
import type { RunStatus } from "@/lib/states/run";
import { compareWithProfile, describeProfile, type LatencyProfile } from "./latency-profile";
import { LatencyChart } from "./latency-chart";

const VERBS: Record<RunStatus, string> = {
  queued: "Queued for",
  dispatching: "Dispatching for",
  running: "Running for",
  succeeded: "Took",
  failed: "Failed after",
  partial_succeeded: "Took",
  canceled: "Canceled after",
};

/** Where a run's time lies within what its model typically takes: in words, and as a picture. */
export function LatencyLine({ run, profile }: { run: RunFacts; profile: LatencyProfile }) {
  const { density, p99Ms } = profile;
  const createdAt = Date.parse(run.created_at);
  const elapsed = (now: number) => Math.max(0, run.duration_ms ?? now - createdAt);
  const sentence = useTimedText(
    (now) =>
      `${VERBS[run.status_code]} ${formatDuration(elapsed(now))}: ${compareWithProfile(elapsed(now), profile)} ${run.model}`,
  );
  // In whole per cents of the p95, so that the scale moves only when it can be seen to.
  const percent = Number(useTimedText((now) => String(Math.round((elapsed(now) / profile.p95Ms) * 100))));
  // A run that has ended needs nobody any more, however long it took.
  const isOver = percent > 100 && run.duration_ms === null;
  return (
    <div className="grid gap-x-8 gap-y-2 lg:grid-cols-[auto_minmax(16rem,28rem)] lg:items-center lg:justify-start">
      <div className="grid gap-0.5">
        <p className={cx("font-medium", isOver && "text-warn")}>{sentence}</p>
        <p className="text-ink-muted text-sm">{describeProfile(profile)}</p>
      </div>
      {density && p99Ms !== null ? (
        <LatencyChart
          model={run.model}
          profile={{ ...profile, density, p99Ms }}
          durationMs={run.duration_ms}
          elapsed={elapsed}
          isOver={isOver}
        />
      ) : (
        <Scale percent={percent} isOver={isOver} profile={profile} />
      )}
    </div>
  );
}

/** In the place of the chart while there are too few runs to draw one. */
function Scale({ percent, isOver, profile }: { percent: number; isOver: boolean; profile: LatencyProfile }) {
  return (
    <div aria-hidden className="bg-line relative mb-4 h-1.5 rounded-full forced-colors:border">
      <div
        className={cx("filled h-full rounded-full", isOver ? "bg-warn" : "bg-ink-muted")}
        style={{ width: place(percent) }}
      />
      <Tick at={place((profile.p50Ms / profile.p95Ms) * 100)} label="p50" />
      <Tick at={place(100)} label="p95" />
    </div>
  );
}

/** The scale ends a third beyond the p95; how far a run is beyond that, the words say. */
const place = (percentOfP95: number): string => `${Math.min(100, percentOfP95 * 0.75)}%`;

function Tick({ at, label }: { at: string; label: string }) {
  return (
    <span className="border-ink absolute -top-0.5 h-2.5 border-l-2" style={{ left: at }}>
      <span className="text-ink-muted absolute top-3 -translate-x-1/2 text-xs whitespace-nowrap">
        {label}
      </span>
    </span>
  );
}
