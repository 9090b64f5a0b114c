"use client";

import { type ReactNode, useMemo } from "react";
import { formatRatio } from "@/components/runs/format-ratio";
import { ShortId, shortId } from "@/components/runs/short-id";
import { StatusBadge } from "@/components/runs/status-badge";
import { useTimedText } from "@/components/ui/clock";
import { DataTable, type RowMenuProps } from "@/components/ui/data-table";
import { None } from "@/components/ui/key-values";
import { Mark } from "@/components/ui/mark";
import { RowLink } from "@/components/ui/row-link";
import { StoredText } from "@/components/ui/stored-text";
import type { Column } from "@/components/ui/table-column";
import type { Selection } from "@/components/ui/use-selection";
import { formatDuration } from "@/lib/client/format-time";
import { paths } from "@/lib/client/paths";
import type { StuckRun } from "@/lib/contract/models";

type Props = {
  runs: StuckRun[];
  orgNames: Record<string, string>;
  menu: (menu: RowMenuProps<StuckRun>) => ReactNode;
  onCancel: (run: StuckRun) => void;
  selection: Selection;
  onCancelSelection: () => void;
};

const WORST_FIRST = { by: "ratio", isDescending: true };

export function StuckTable({ runs, orgNames, ...actions }: Props) {
  const columns = useMemo(() => columnsOf(orgNames), [orgNames]);
  return (
    <DataTable
      label="Stuck runs"
      rows={runs}
      columns={columns}
      nameOf={({ id }) => `run ${shortId(id)}`}
      sort={WORST_FIRST}
      {...actions}
    />
  );
}

const columnsOf = (orgNames: Record<string, string>): Column<StuckRun>[] => [
  {
    id: "status",
    head: "Status",
    width: "w-38",
    card: { order: 1, span: 2 },
    cell: ({ status_code }) => <StatusBadge status={status_code} />,
  },
  {
    id: "run",
    head: "Run",
    width: "w-34 2xl:w-72",
    card: { order: 5 },
    cell: ({ id }) => (
      <RowLink href={paths.run(id)}>
        <ShortId id={id} />
      </RowLink>
    ),
  },
  {
    id: "ratio",
    head: "Ratio",
    width: "w-28",
    isNumber: true,
    card: { order: 2, isRight: true },
    className: "whitespace-nowrap",
    sort: "ratio",
    cell: (run) => <Ratio run={run} />,
  },
  {
    id: "age",
    head: "Age",
    width: "w-28 lg:w-64",
    card: { order: 4, isRight: true },
    className: "whitespace-nowrap",
    cell: (run) => <Age run={run} />,
  },
  {
    id: "model",
    head: "Model",
    card: { order: 3, span: 2 },
    className: "truncate",
    title: ({ model }) => model,
    cell: ({ model }) => model,
  },
  {
    id: "customer",
    head: "Customer",
    width: "w-[13%]",
    card: { order: 6, span: 2, isRight: true },
    className: "text-ink-muted truncate",
    cell: ({ org_id }) => (orgNames[org_id] ? <StoredText>{orgNames[org_id]}</StoredText> : <None />),
  },
  {
    id: "limit",
    head: "Stuck after",
    width: "w-28",
    from: "lg",
    isNumber: true,
    className: "text-ink-muted whitespace-nowrap",
    title: ({ stuck_factor }) => `${stuck_factor} × the p95 of its model`,
    cell: ({ p95_ms, stuck_factor }) => formatDuration(p95_ms * stuck_factor),
  },
];

/** From this ratio on, a run is highlighted even among stuck runs. */
const EXCEPTIONAL = 100;

/** How many times its model's p95 the run has taken so far. */
function Ratio({ run: { created_at, p95_ms } }: { run: StuckRun }) {
  const ratioAt = (now: number) => (now - Date.parse(created_at)) / p95_ms;
  const ratio = useTimedText((now) => formatRatio(ratioAt(now)));
  const isExceptional = useTimedText((now) => String(ratioAt(now) > EXCEPTIONAL));
  return (
    <>
      {isExceptional === "true" ? (
        <Mark tone="warn">{ratio}</Mark>
      ) : (
        <span className="px-1 font-medium">{ratio}</span>
      )}{" "}
      <span className="text-ink-muted">× p95</span>
    </>
  );
}

/** The run's elapsed time, and its model's typical latency. */
function Age({ run: { created_at, p95_ms } }: { run: StuckRun }) {
  const age = useTimedText((now) => formatDuration(Math.max(0, now - Date.parse(created_at))));
  return (
    <>
      <span className="tabular-nums">{age}</span>{" "}
      <span className="text-ink-muted max-lg:sr-only">(usually under {formatDuration(p95_ms)})</span>
    </>
  );
}
