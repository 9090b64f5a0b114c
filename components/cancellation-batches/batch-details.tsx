"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { TicketChip } from "@/components/cancellations/ticket-chip";
import { InterruptedNotice } from "@/components/runs/interrupted-notice";
import { latePart } from "@/components/ui/late-part";
import { Moment } from "@/components/ui/moment";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { ThingHeader } from "@/components/ui/thing-header";
import type { ItemFilters } from "@/lib/client/batch-filters";
import { batchOptions } from "@/lib/client/cancellation-batches";
import { formatDay, formatMinute } from "@/lib/client/format-time";
import { paths } from "@/lib/client/paths";
import { isInterrupted } from "@/lib/client/polling";
import { useSessionEnded } from "@/lib/client/use-session-ended";
import { forgetBatch, watchBatch } from "@/lib/client/watched-batches";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";
import { BatchActions } from "./batch-actions";
import { BatchItems } from "./batch-items";
import { BatchState } from "./batch-state";
import { type BatchViewer, findBulkReason } from "./batch-viewer";
import { runsOf } from "./batch-words";

const PLACE = <div className="bg-surface h-52 rounded-lg border" />;
const PlanPreview = latePart(() => import("./plan-preview").then((module) => module.PlanPreview), PLACE);
const BatchOutcome = latePart(() => import("./batch-outcome").then((module) => module.BatchOutcome), PLACE);
const BatchProgress = latePart(
  () => import("./batch-progress").then((module) => module.BatchProgress),
  PLACE,
);

type Props = {
  /** The batch as the page was rendered. */
  shown: CancellationBatch;
  /** The customer that the plan was limited to, if any. */
  customer: string | undefined;
  filters: ItemFilters;
  viewer: BatchViewer;
};

/** A bulk cancellation in each of its states, kept up to date. */
export function BatchDetails({ shown, customer, filters, viewer }: Props) {
  useSessionEnded(); // Rendering again ends the interval.
  const query = useQuery(batchOptions(shown.id));
  const batch = query.data ?? shown;
  const { id, state, counts, reason, ticket } = batch;
  const disabledReason = findBulkReason(viewer.mayCancelBulk);
  useEffect(() => {
    if (state === "running") watchBatch(id);
    else forgetBatch(id);
  }, [id, state]);
  return (
    <>
      <ThingHeader
        back={{ href: paths.cancellations(), text: "Cancellations" }}
        nav={<InterruptedNotice isShown={isInterrupted(query)} />}
        title={`Bulk cancellation of ${runsOf(counts.total - counts.excluded)}`}
        status={<BatchState state={state} />}
        about={<BatchHistory batch={batch} />}
        actions={<BatchActions batch={batch} disabledReason={disabledReason} />}
      >
        <div className="grid gap-1">
          <p className="border-line-strong border-l-2 pl-2.5 wrap-anywhere whitespace-pre-wrap">
            <span className="sr-only">Reason: </span>
            <StoredText>{reason}</StoredText>
          </p>
          {customer !== undefined && (
            <p className="text-ink-muted">
              Only runs of{" "}
              <span className="text-ink">
                <StoredText>{customer}</StoredText>
              </span>
            </p>
          )}
          {ticket && <TicketChip ticket={ticket} />}
        </div>
      </ThingHeader>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 p-4 lg:p-6">
        {state === "expired" && (
          <Notice tone="warn">
            This plan has expired: nobody started it within 24 hours. No run was canceled.
          </Notice>
        )}
        {(state === "planned" || state === "expired") && <PlanPreview batch={batch} />}
        {state === "running" && <BatchProgress batch={batch} disabledReason={disabledReason} />}
        {(state === "completed" || state === "aborted") && <BatchOutcome batch={batch} />}
      </div>
      <BatchItems batch={batch} filters={filters} viewer={viewer} />
    </>
  );
}

/** Who did what, and when. */
function BatchHistory({ batch }: { batch: CancellationBatch }) {
  const { state, created_by, created_at, started_by, started_at, aborted_by, ended_at, expires_at } = batch;
  return (
    <p className="flex flex-wrap gap-x-3">
      <span>
        Planned by <Who name={created_by.name} /> <RelativeTime time={created_at} />
      </span>
      {state === "planned" && (
        <span>
          Expires <Moment time={expires_at}>{formatExpiry(expires_at)}</Moment>
        </span>
      )}
      {started_by && started_at && (
        <span>
          Started by <Who name={started_by.name} /> <RelativeTime time={started_at} />
        </span>
      )}
      {ended_at && (
        <span>
          {aborted_by ? (
            <>
              Aborted by <Who name={aborted_by.name} />
            </>
          ) : (
            "Ended"
          )}{" "}
          <RelativeTime time={ended_at} />
        </span>
      )}
    </p>
  );
}

/** "Nov 30, 15:54 UTC" */
const formatExpiry = (time: string): string => `${formatDay(time.slice(0, 10))}, ${formatMinute(time)}`;

const Who = ({ name }: { name: string }) => (
  <span className="text-ink">
    <StoredText>{name}</StoredText>
  </span>
);
