"use client";

import { useQuery } from "@tanstack/react-query";
import { LiveControl } from "@/components/runs/live-control";
import { PageHeader } from "@/components/ui/page-header";
import { jobsOptions, serviceStateOptions } from "@/lib/client/operations";
import { togglePause, usePausable } from "@/lib/client/pause";
import { isInterrupted } from "@/lib/client/polling";
import { useSessionEnded } from "@/lib/client/use-session-ended";
import { FailedJobs } from "./failed-jobs";
import { LockedJobs } from "./locked-jobs";
import { MigrationsPanel } from "./migrations-panel";
import { ProblemList } from "./problem-list";
import { ProcessPanel } from "./process-panel";
import { QueuePanel } from "./queue-panel";
import { TrailPanel } from "./trail-panel";

/** The state comes hydrated in the query cache, which polls for it. */
export function OperationsView({ disabledReason }: { disabledReason: string | undefined }) {
  const isPaused = usePausable();
  const hasEnded = useSessionEnded();
  const query = useQuery({ ...serviceStateOptions(), enabled: !isPaused });
  const failed = useQuery({ ...jobsOptions("failed"), enabled: !isPaused });
  const locked = useQuery({ ...jobsOptions("locked"), enabled: !isPaused });
  const isFailing = [query, failed, locked].some(isInterrupted);
  const live = hasEnded ? "stopped" : isPaused ? "paused" : isFailing ? "failing" : "live";
  const state = query.data;
  return (
    <>
      <PageHeader title="Operations">
        <LiveControl state={live} onToggle={togglePause} />
      </PageHeader>
      {state && (
        <div className="grid gap-4 px-4 pb-6 lg:px-6">
          <ProblemList problems={state.problems} />
          <FailedJobs
            jobs={failed.data?.items ?? []}
            hasMore={Boolean(failed.data?.next)}
            disabledReason={disabledReason}
          />
          <LockedJobs jobs={locked.data?.items ?? []} hasMore={Boolean(locked.data?.next)} />
          <QueuePanel queues={state.queues} />
          <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
            <TrailPanel state={state} />
            <ProcessPanel processes={state.processes} />
          </div>
          <MigrationsPanel migrations={state.migrations} />
        </div>
      )}
    </>
  );
}
