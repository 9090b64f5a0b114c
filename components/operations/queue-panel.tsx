import { type ReactNode, useMemo } from "react";
import { DataTable } from "@/components/ui/data-table";
import { None } from "@/components/ui/key-values";
import { Mark } from "@/components/ui/mark";
import { EmptyPanel, Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Column } from "@/components/ui/table-column";
import type { TaskQueue } from "@/lib/contract/service-state";

type Row = TaskQueue & { id: string };

/** The jobs of each task by state. */
export function QueuePanel({ queues }: { queues: TaskQueue[] }) {
  const rows = useMemo(() => queues.map((queue) => ({ ...queue, id: queue.task })), [queues]);
  if (rows.length === 0)
    return (
      <EmptyPanel id="queues" title="Queues">
        None yet: no job has been queued since the database was created.
      </EmptyPanel>
    );
  return (
    <Panel id="queues" title="Queues">
      <DataTable label="Queues" rows={rows} columns={COLUMNS} density="compact" />
    </Panel>
  );
}

const numberOf = (field: "waiting" | "scheduled" | "locked" | "failed", head: string) => ({
  id: field,
  head,
  width: "w-24",
  from: "lg" as const,
  isNumber: true,
  cell: (row: Row) =>
    row[field] === 0 ? (
      <span className="text-ink-faint">0</span>
    ) : field === "failed" ? (
      // Its digits align with the others'.
      <span className="-mr-1">
        <Mark tone="danger">{row[field].toLocaleString("en")}</Mark>
      </span>
    ) : (
      row[field].toLocaleString("en")
    ),
});

/** The numbers in one cell, for narrow screens. */
function summarize({ failed, locked, waiting, scheduled }: Row): ReactNode {
  const counts = { waiting, running: locked, later: scheduled };
  const others = Object.entries(counts).flatMap(([word, count]) =>
    count > 0 ? `${count.toLocaleString("en")} ${word}` : [],
  );
  if (failed + others.length === 0) return <None />;
  return (
    <>
      {failed > 0 && <Mark tone="danger">{failed.toLocaleString("en")} failed</Mark>} {others.join(", ")}
    </>
  );
}

const COLUMNS: Column<Row>[] = [
  {
    id: "task",
    head: "Task",
    card: { order: 1, span: 2 },
    className: "mono max-md:truncate",
    cell: ({ task }) => task,
  },
  {
    id: "summary",
    head: "Jobs",
    width: "lg:hidden w-56",
    card: { order: 2, isRight: true },
    className: "lg:hidden text-right",
    cell: summarize,
  },
  numberOf("waiting", "Waiting"),
  {
    id: "oldest",
    head: "Oldest since",
    width: "w-32",
    from: "lg",
    isNumber: true,
    className: "text-ink-muted whitespace-nowrap",
    cell: ({ oldest_due_at }) => (oldest_due_at ? <RelativeTime time={oldest_due_at} /> : <None />),
  },
  numberOf("scheduled", "Later"),
  numberOf("locked", "Running"),
  numberOf("failed", "Failed"),
];
