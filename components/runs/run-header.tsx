"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { CancelRun } from "@/components/cancellations/cancel-run";
import type { Viewer } from "@/components/cancellations/viewer";
import { AutoRefresh } from "@/components/ui/auto-refresh";
import { CopyButton } from "@/components/ui/copy-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { ThingHeader } from "@/components/ui/thing-header";
import { paths } from "@/lib/client/paths";
import type { RunFacts } from "@/lib/client/runs";
import { useLiveRun } from "@/lib/client/use-live-run";
import type { LatencyProfile } from "./latency-profile";
import { LatencyLine } from "./latency-line";
import { InterruptedNotice } from "./interrupted-notice";
import { RunNeighbours } from "./run-neighbours";
import { StatusBadge } from "./status-badge";

type Props = {
  /** The run as the rest of the page shows it. */
  shown: RunFacts;
  customer: string;
  /** Addresses of the customer's webhooks that hear of a cancelled run. */
  webhooks: readonly string[];
  profile: LatencyProfile | undefined;
  viewer: Viewer;
  /** What can be done beside cancelling. */
  actions: ReactNode;
  /** For how long something new may still come to a run that has ended, in milliseconds. 0 for not at all. */
  watchForMs: number;
};

export function RunHeader({ shown, customer, webhooks, profile, viewer, actions, watchForMs }: Props) {
  const { run, isFailing } = useLiveRun(shown);
  useFreshPage(run, shown);
  return (
    <ThingHeader
      back={{ href: paths.runs(), text: "Runs" }}
      nav={
        <>
          <RunNeighbours id={shown.id} />
          <InterruptedNotice isShown={isFailing} />
        </>
      }
      title={
        <span className="mono">
          <span className="sr-only">Run </span>
          {run.id}
        </span>
      }
      aside={<CopyButton text={run.id} what="run id" />}
      status={<StatusBadge status={run.status_code} isLarge />}
      about={
        <>
          <span className="text-ink">{run.model}</span> for{" "}
          <span className="text-ink">
            <StoredText>{customer}</StoredText>
          </span>
          , created <RelativeTime time={run.created_at} />
        </>
      }
      actions={
        <div className="flex max-w-md flex-wrap justify-end gap-2 max-sm:w-full max-sm:max-w-none">
          {actions}
          <CancelRun run={run} customer={customer} webhooks={webhooks} viewer={viewer} />
        </div>
      }
    >
      <AutoRefresh forMs={watchForMs} />
      {profile && <LatencyLine run={run} profile={profile} />}
    </ThingHeader>
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
