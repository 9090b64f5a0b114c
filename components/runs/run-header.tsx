"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { CancelRun, type Viewer } from "@/components/cancellations/cancel-run";
import { AutoRefresh } from "@/components/ui/auto-refresh";
import { CopyButton } from "@/components/ui/copy-button";
import { RelativeTime } from "@/components/ui/relative-time";
import type { RunFacts } from "@/lib/client/runs";
import { useLiveRun } from "@/lib/client/use-live-run";
import type { TypicalEnvelope } from "./envelope";
import { EnvelopeLine } from "./envelope-line";
import { RunNeighbours } from "./run-neighbours";
import { StatusBadge } from "./status-badge";
import { StreamNotice } from "./stream-notice";

type Props = {
  /** The run as the rest of the page shows it. */
  shown: RunFacts;
  customer: string;
  /** Addresses of the customer's webhooks that hear of a cancelled run. */
  webhooks: readonly string[];
  envelope: TypicalEnvelope | undefined;
  viewer: Viewer;
  /** What can be done beside cancelling. */
  actions: ReactNode;
  /** For how long something new may still come to a run that has ended, in milliseconds. 0 for not at all. */
  watchForMs: number;
};

export function RunHeader({ shown, customer, webhooks, envelope, viewer, actions, watchForMs }: Props) {
  const router = useRouter();
  const run = useLiveRun(shown, router.refresh);
  useFreshPage(run, shown);
  return (
    <header className="bg-surface grid gap-4 border-b px-4 py-4 lg:px-6">
      <AutoRefresh forMs={watchForMs} />
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="grid min-w-0 gap-1.5">
          {/* As high as what comes when the browser knows the list. */}
          <div className="flex min-h-7 flex-wrap items-center gap-x-4">
            <span role="status">
              <StatusBadge status={run.status_code} isLarge />
            </span>
            <RunNeighbours id={shown.id} />
            <StreamNotice />
          </div>
          <div className="flex min-w-0 items-center gap-1">
            <h1 className="mono text-md min-w-0 font-semibold wrap-anywhere">
              <span className="sr-only">Run </span>
              {run.id}
            </h1>
            <CopyButton text={run.id} what="run id" />
          </div>
          <p className="text-ink-muted">
            <span className="text-ink">{run.model}</span> for <span className="text-ink">{customer}</span>,
            created <RelativeTime time={run.created_at} />
          </p>
        </div>
        <div className="flex flex-wrap items-start justify-end gap-2 max-sm:w-full">
          {actions}
          <CancelRun run={run} customer={customer} webhooks={webhooks} viewer={viewer} />
        </div>
      </div>
      {envelope && <EnvelopeLine run={run} envelope={envelope} />}
    </header>
  );
}

/** The header follows the run by itself; the rest of the page is rendered anew when there is something new to show. */
function useFreshPage(run: RunFacts, shown: RunFacts): void {
  const router = useRouter();
  const isStale =
    run.status_code !== shown.status_code || run.started_at !== shown.started_at || run.cost !== shown.cost;
  useEffect(() => {
    if (isStale) router.refresh();
  }, [isStale, shown, router]);
}
