import type { Column } from "@/components/ui/table-column";
import { JOBS_SHOWN } from "@/lib/client/operations";
import type { Job } from "@/lib/contract/jobs";

/** A job's name, in every table of jobs. */
export const JOB_COLUMNS: Column<Job>[] = [
  {
    id: "task",
    head: "Job",
    width: "w-56",
    card: { order: 1, span: 2 },
    className: "max-md:truncate",
    cell: ({ task, id }) => (
      <>
        <code className="mono">{task}</code> <span className="text-ink-muted tabular-nums">#{id}</span>
      </>
    ),
  },
];

/** Where to find jobs beyond those that the page shows. */
export const MoreJobs = ({ state, count }: { state: string; count: number }) => (
  <p className="text-ink-muted px-4 py-2.5 text-sm">
    The newest {Math.min(count, JOBS_SHOWN)}. The others:{" "}
    <code className="mono">GET /v1/admin/jobs?state={state}</code>
  </p>
);
