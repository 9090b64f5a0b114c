"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { CancelRun } from "@/components/cancellations/cancel-run";
import type { RunEnd } from "@/components/cancellations/run-end";
import type { Viewer } from "@/components/cancellations/viewer";
import { AutoRefresh } from "@/components/ui/auto-refresh";
import { CopyButton } from "@/components/ui/copy-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { ThingHeader } from "@/components/ui/thing-header";
import { paths } from "@/lib/client/paths";
import type { RunFacts } from "@/lib/client/runs";
import { useLiveRun } from "@/lib/client/use-live-run";
import { InterruptedNotice } from "./interrupted-notice";
import { describeTypical, type LatencyFigures } from "./latency-profile";
import { RunNeighbors } from "./run-neighbors";
import { RunVerdict } from "./run-verdict";
import { shortModel } from "./short-model";
import { StatusBadge } from "./status-badge";

type Props = {
  /** The run as the rest of the page shows it. */
  shown: RunFacts;
  customer: string;
  /** URLs of the customer's webhooks for canceled runs. */
  webhooks: readonly string[];
  profile: LatencyFigures | undefined;
  /** Who canceled the run, from the audit trail. */
  end: RunEnd | undefined;
  viewer: Viewer;
  /** Actions besides canceling. */
  actions: ReactNode;
  /** How long updates may still arrive for an ended run, in milliseconds; 0 for none. */
  watchForMs: number;
};

export function RunHeader(props: Props) {
  const { shown, customer, webhooks, profile, end, viewer, actions, watchForMs } = props;
  const { run, isFailing } = useLiveRun(shown);
  useFreshPage(run, shown);
  return (
    <ThingHeader
      back={{ href: paths.runs(), text: "Runs" }}
      nav={
        <>
          <RunNeighbors id={shown.id} />
          <InterruptedNotice isShown={isFailing} />
        </>
      }
      title={
        <>
          {shortModel(run.model)} for <StoredText>{customer}</StoredText>
        </>
      }
      status={<StatusBadge status={run.status_code} isLarge />}
      beside={<RunVerdict run={run} profile={profile} />}
      about={
        <>
          {profile && <p className="text-pretty">{describeTypical(profile)}</p>}
          <p className="flex flex-wrap items-center gap-x-1 text-sm">
            <span className="sr-only">Run ID: </span>
            <code className="mono">{run.id}</code>
            <CopyButton text={run.id} what="run ID" />
            <span>
              Created <RelativeTime time={run.created_at} />
            </span>
          </p>
        </>
      }
      actions={
        <div className="flex max-w-md flex-wrap items-center justify-end gap-2 max-sm:w-full max-sm:max-w-none">
          {actions}
          <CancelRun {...{ run, customer, webhooks, profile, end, viewer }} />
        </div>
      }
    >
      <AutoRefresh forMs={watchForMs} />
    </ThingHeader>
  );
}

/** The header updates live; the rest of the page renders again when there is news. */
function useFreshPage(run: RunFacts, shown: RunFacts): void {
  const router = useRouter();
  const isStale =
    run.status_code !== shown.status_code || run.started_at !== shown.started_at || run.cost !== shown.cost;
  useEffect(() => {
    if (isStale) router.refresh();
  }, [isStale, shown, router]);
}
