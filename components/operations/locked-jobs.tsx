import { DataTable } from "@/components/ui/data-table";
import { EmptyPanel, Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Column } from "@/components/ui/table-column";
import type { Job } from "@/lib/contract/jobs";
import { JOB_COLUMNS, MoreJobs } from "./job-columns";

/** The jobs that workers are running, and since when. */
export function LockedJobs({ jobs, hasMore }: { jobs: Job[]; hasMore: boolean }) {
  if (jobs.length === 0)
    return (
      <EmptyPanel id="locked-jobs" title="Running jobs">
        None at the moment.
      </EmptyPanel>
    );
  return (
    <Panel id="locked-jobs" title="Running jobs">
      <DataTable label="Running jobs" rows={jobs} columns={COLUMNS} />
      {hasMore && <MoreJobs state="locked" count={jobs.length} />}
    </Panel>
  );
}

const COLUMNS: Column<Job>[] = [
  ...JOB_COLUMNS,
  {
    id: "worker",
    head: "Worker",
    card: { order: 3, span: 2 },
    className: "mono truncate",
    title: ({ locked_by }) => locked_by ?? undefined,
    cell: ({ locked_by }) => locked_by,
  },
  {
    id: "attempt",
    head: "Attempt",
    width: "w-28",
    from: "lg",
    isNumber: true,
    className: "text-ink-muted",
    cell: ({ attempts, max_attempts }) => `${attempts} of ${max_attempts}`,
  },
  {
    id: "since",
    head: "Started",
    width: "w-32",
    card: { order: 2, isRight: true },
    className: "text-ink-muted whitespace-nowrap",
    cell: ({ locked_at }) => locked_at && <RelativeTime time={locked_at} />,
  },
];
