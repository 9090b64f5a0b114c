"use client";

import { useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { EmptyPanel, Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import type { Column } from "@/components/ui/table-column";
import { plainStored } from "@/lib/client/bidi";
import type { Job } from "@/lib/contract/jobs";
import { JOB_COLUMNS, MoreJobs } from "./job-columns";

const RunAgainDialog = lazyDialog(() => import("./run-again-dialog").then((module) => module.RunAgainDialog));

type Props = { jobs: Job[]; hasMore: boolean; disabledReason: string | undefined };

/** The jobs that used up their attempts, each with its error and a button to run it again. */
export function FailedJobs({ jobs, hasMore, disabledReason }: Props) {
  const [job, setJob] = useState<Job>();
  const [isOpen, setOpen] = useState(false);
  const [done, setDone] = useState<string>();
  const [hasRun, setRun] = useState(false);
  const outcome = useRef<HTMLParagraphElement>(null);
  const columns = useMemo(
    () => [
      ...COLUMNS,
      actionOf(disabledReason, (chosen) => {
        setJob(chosen);
        setRun(false);
        setOpen(true);
      }),
    ],
    [disabledReason],
  );
  return (
    <>
      {/* Focused after the row of the opening button is gone. */}
      <p ref={outcome} role="status" tabIndex={-1} className="text-ink-muted text-sm empty:absolute">
        {done}
      </p>
      {jobs.length === 0 ? (
        <EmptyPanel id="failed-jobs" title="Failed jobs">
          None. A job fails for good after its last attempt.
        </EmptyPanel>
      ) : (
        <Panel id="failed-jobs" title="Failed jobs">
          {disabledReason && <p className="text-ink-muted border-b px-4 py-2">{disabledReason}</p>}
          <DataTable label="Failed jobs" rows={jobs} columns={columns} />
          {hasMore && <MoreJobs state="failed" count={jobs.length} />}
        </Panel>
      )}
      {job && (
        <RunAgainDialog
          key={`${job.id} ${job.revision}`}
          job={job}
          isOpen={isOpen}
          button={hasRun ? outcome : undefined}
          onClose={() => setOpen(false)}
          onDone={() => {
            setDone(`${job.task} #${job.id} runs again. If it fails again, it returns to this list.`);
            setRun(true);
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

const COLUMNS: Column<Job>[] = [
  ...JOB_COLUMNS,
  {
    id: "error",
    head: "Error",
    card: { order: 4, span: 3 },
    className: "md:truncate max-md:wrap-anywhere",
    title: ({ error }) => (error === null ? undefined : plainStored(error)),
    cell: ({ error }) => (error === null ? "No error recorded" : <StoredText>{error}</StoredText>),
  },
  {
    id: "attempts",
    head: "Attempts",
    width: "w-22",
    from: "lg",
    isNumber: true,
    className: "text-ink-muted",
    cell: ({ attempts }) => attempts,
  },
  {
    id: "failed",
    head: "Failed",
    width: "w-28",
    card: { order: 5, span: 2 },
    className: "text-ink-muted whitespace-nowrap",
    cell: ({ failed_at }) => failed_at && <RelativeTime time={failed_at} />,
  },
];

const actionOf = (disabledReason: string | undefined, onPress: (job: Job) => void): Column<Job> => ({
  id: "action",
  head: "",
  width: "w-28",
  card: { order: 6, isRight: true },
  className: "text-right md:overflow-visible",
  cell: (job) => (
    <Button
      size="sm"
      aria-haspopup="dialog"
      aria-disabled={disabledReason !== undefined || undefined}
      title={disabledReason}
      onClick={() => onPress(job)}
    >
      Run again
      <span className="sr-only">
        : {job.task} #{job.id}
      </span>
    </Button>
  ),
});
