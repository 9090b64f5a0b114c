"use client";

import { Panel } from "@/components/ui/panel";
import { formatAge, formatRough } from "@/lib/client/format-time";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";
import { formatCount, runsOf } from "./batch-words";
import { settledOf, sharesOf } from "./outcome-shares";
import { ShareBar, ShareLegend } from "./share-bar";
import { SpeedLimit } from "./speed-limit";

type Props = { batch: CancellationBatch; disabledReason: string | undefined };

/** A running batch: how far it is, how fast, and until when. */
export function BatchProgress({ batch, disabledReason }: Props) {
  const { progress } = batch;
  const settled = settledOf(progress);
  const total = settled + progress.remaining;
  const percent = total === 0 ? 100 : Math.floor((100 * settled) / total);
  return (
    <Panel id="progress" title="Progress">
      <div className="grid gap-4 p-4">
        <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
          <p className="text-xl font-semibold tabular-nums">
            {formatCount(settled)} of {runsOf(total)} <span className="text-ink-muted">· {percent}%</span>
          </p>
          <p className="text-ink-muted tabular-nums">{describePace(progress)}</p>
        </div>
        <div
          role="progressbar"
          aria-label="Runs done"
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={settled}
          aria-valuetext={`${formatCount(settled)} of ${formatCount(total)}`}
        >
          <ShareBar shares={sharesOf(progress)} total={total} />
        </div>
        <ShareLegend shares={[...sharesOf(progress), WAITING(progress.remaining)]} />
        <SpeedLimit batch={batch} disabledReason={disabledReason} />
      </div>
    </Panel>
  );
}

const WAITING = (runs: number) => ({ label: "Waiting", runs, fill: "var(--sunken)" });

const formatLeft = (ms: number): string => (ms < 10_000 ? formatAge(ms) : formatRough(ms));

function describePace({ runs_per_second, seconds_left }: CancellationBatch["progress"]): string {
  if (!runs_per_second) return "Starting…";
  const rate = `${formatCount(runs_per_second < 10 ? runs_per_second : Math.round(runs_per_second))} runs per second`;
  return seconds_left ? `${rate} · about ${formatLeft(seconds_left * 1_000)} left` : rate;
}
