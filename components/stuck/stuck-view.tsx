"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useMemo } from "react";
import type { Viewer } from "@/components/cancellations/viewer";
import { LiveControl } from "@/components/runs/live-control";
import { useRunActions } from "@/components/runs/use-run-actions";
import type { Customer } from "@/lib/client/organizations";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { useFilters } from "@/components/ui/use-filters";
import { useSelection } from "@/components/ui/use-selection";
import { paths } from "@/lib/client/paths";
import { togglePause, usePausable } from "@/lib/client/pause";
import { isInterrupted } from "@/lib/client/polling";
import { stuckExpression } from "@/lib/client/cancel-expression";
import { serverNow } from "@/lib/client/server-time";
import { STUCK_SHOWN, stuckRunsOptions } from "@/lib/client/stuck";
import { useCancelInFlight } from "@/lib/client/use-cancel-in-flight";
import type { StuckRun } from "@/lib/contract/models";
import { useSessionEnded } from "@/lib/client/use-session-ended";
import { StuckEmpty } from "./stuck-empty";
import { type StuckAddress, StuckFilterBar } from "./stuck-filter-bar";
import { StuckTable } from "./stuck-table";
import type { ThresholdModel } from "./threshold-model";
import { Thresholds } from "./thresholds";

type Props = {
  address: StuckAddress;
  orgs: readonly Customer[];
  viewer: Viewer;
  models: readonly ThresholdModel[];
  /** Why the person can't set thresholds, if so. */
  disabledReason: string | undefined;
};

/** The rows come hydrated in the query cache, which polls for them. */
export function StuckView({ address: given, orgs, viewer, models, disabledReason }: Props) {
  const { filters: address, set: change, isPending } = useFilters(given, paths.stuck);
  const router = useRouter();
  const isPaused = usePausable();
  const hasEnded = useSessionEnded();

  const orgNames = useMemo(() => Object.fromEntries(orgs.map(({ id, name }) => [id, name])), [orgs]);
  const org = orgs.find(({ slug }) => slug === given.org);
  const isKnown = (!given.org || org) && (!given.model || models.some(({ slug }) => slug === given.model));
  const options = stuckRunsOptions({ orgId: org?.id ?? "", model: given.model });
  const query = useQuery({ ...options, enabled: Boolean(isKnown) && !isPaused });
  useCancelInFlight(options.queryKey, isPaused);
  const runs = (isKnown && query.data?.items) || [];
  useNames(runs.find(({ org_id }) => !orgNames[org_id])?.org_id);
  const selection = useSelection(runs);
  const { menu, cancel, cancelSelection, bar } = useRunActions<StuckRun>({
    rows: runs,
    viewer,
    orgs,
    selection,
  });
  const model = models.find(({ slug }) => slug === given.model);
  const state = hasEnded ? "stopped" : isPaused ? "paused" : isInterrupted(query) ? "failing" : "live";
  return (
    <div aria-busy={isPending} className="flex flex-1 flex-col">
      <PageHeader title="Stuck runs">
        <LiveControl state={state} onToggle={togglePause} />
      </PageHeader>
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-2 px-4 pb-3 lg:px-6">
        <div className="flex flex-wrap items-center gap-1.5">
          <StuckFilterBar {...{ address, orgs, models, isPending }} onChange={change} />
          {model && runs.length > 0 && (
            <Button
              variant="ghost"
              size="sm"
              onClick={() =>
                router.push(paths.newCancellation({ q: stuckExpression(model, org?.id, serverNow()) }))
              }
            >
              Cancel all stuck runs of this model…
            </Button>
          )}
        </div>
        <Thresholds
          models={models}
          proposed={given.model || (runs[0]?.model ?? "")}
          disabledReason={disabledReason}
        />
      </div>
      <div className="bg-surface flex-1 border-t">
        {runs.length > 0 ? (
          <StuckTable
            runs={runs}
            orgNames={orgNames}
            selection={selection}
            menu={menu}
            onCancel={cancel}
            onCancelSelection={cancelSelection}
          />
        ) : (
          <StuckEmpty hasFilters={Boolean(given.org || given.model)} isKnown={Boolean(isKnown)} />
        )}
        {bar}
        <p role="status" className="text-ink-muted px-4 py-3 text-sm lg:px-6">
          {runs.length > 0 && summarize(runs.length, query.data?.has_more ?? false)}
        </p>
      </div>
    </div>
  );
}

/** A newly stuck run may belong to a customer that the page doesn't know yet. */
function useNames(unknownOrg: string | undefined): void {
  const router = useRouter();
  useEffect(() => {
    if (unknownOrg) router.refresh();
  }, [router, unknownOrg]);
}

const summarize = (count: number, hasMore: boolean): string =>
  hasMore
    ? `The ${STUCK_SHOWN} with the highest ratio; filter by model or customer to see others.`
    : `${count} ${count === 1 ? "run" : "runs"}, highest ratio first`;
