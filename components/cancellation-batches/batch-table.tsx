"use client";

import { DataTable } from "@/components/ui/data-table";
import { None } from "@/components/ui/key-values";
import { RowLink } from "@/components/ui/row-link";
import { RowTime } from "@/components/ui/row-time";
import { StoredText } from "@/components/ui/stored-text";
import type { Column } from "@/components/ui/table-column";
import { plainStored } from "@/lib/client/bidi";
import { paths } from "@/lib/client/paths";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";
import { BatchCustomers } from "./batch-customers";
import { BatchState } from "./batch-state";
import { formatCount, runsOf } from "./batch-words";
import { settledOf } from "./outcome-shares";

export const BatchTable = ({ batches }: { batches: CancellationBatch[] }) => (
  <DataTable label="Bulk cancellations" rows={batches} columns={COLUMNS} />
);

const totalOf = ({ counts, progress }: CancellationBatch): number =>
  Math.max(settledOf(progress) + progress.remaining, counts.total - counts.excluded);

const COLUMNS: Column<CancellationBatch>[] = [
  {
    id: "state",
    head: "State",
    width: "w-36 lg:w-40",
    card: { order: 2, isRight: true },
    cell: (batch) => (
      <>
        <BatchState state={batch.state} />
        {batch.state === "running" && (
          <span className="text-ink-muted tabular-nums">
            {" "}
            {Math.floor((100 * settledOf(batch.progress)) / totalOf(batch))}%
          </span>
        )}
      </>
    ),
  },
  {
    id: "runs",
    head: "Runs",
    width: "w-48 lg:w-62",
    card: { order: 1, span: 2 },
    className: "truncate",
    cell: (batch) => (
      <>
        <RowLink href={paths.cancellation(batch.id)} className="font-medium tabular-nums">
          {runsOf(totalOf(batch))}
        </RowLink>{" "}
        <span className="text-ink-muted">
          of <BatchCustomers batch={batch} />
        </span>
      </>
    ),
  },
  {
    id: "progress",
    head: "Canceled",
    width: "w-28",
    isNumber: true,
    card: { order: 4, isRight: true },
    className: "whitespace-nowrap",
    cell: (batch) => <Progress batch={batch} />,
  },
  {
    id: "reason",
    head: "Reason",
    card: { order: 5, span: 3 },
    className: "truncate",
    title: ({ reason }) => plainStored(reason),
    cell: ({ reason }) => <StoredText>{reason}</StoredText>,
  },
  {
    id: "ticket",
    head: "Ticket",
    width: "w-28",
    from: "xl",
    className: "text-ink-muted truncate",
    cell: ({ ticket }) => (ticket ? <StoredText>{ticket}</StoredText> : <None />),
  },
  {
    id: "who",
    head: "By",
    width: "w-28 lg:w-40",
    card: { order: 3, span: 2 },
    className: "text-ink-muted truncate",
    title: ({ created_by }) => created_by.email ?? undefined,
    cell: ({ created_by, started_by }) => <StoredText>{(started_by ?? created_by).name}</StoredText>,
  },
  {
    id: "when",
    head: "Planned",
    width: "w-26 lg:w-50",
    card: { order: 6, span: 3 },
    className: "text-ink-muted whitespace-nowrap",
    cell: ({ created_at }) => <RowTime time={created_at} />,
  },
];

function Progress({ batch }: { batch: CancellationBatch }) {
  const { state, progress } = batch;
  if (state === "planned" || state === "expired") return <None />;
  const { canceled } = progress;
  return (
    <>
      {formatCount(canceled)}
      <span className="md:hidden"> canceled</span>
    </>
  );
}
