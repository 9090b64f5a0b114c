"use client";

import { type ReactNode, useMemo } from "react";
import { Elapsed } from "@/components/runs/elapsed";
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
import { formatDuration } from "@/lib/client/format-time";
import { paths } from "@/lib/client/paths";
import type { StuckRun } from "@/lib/contract/models";

type Props = {
  runs: StuckRun[];
  orgNames: Record<string, string>;
  menu: (menu: RowMenuProps<StuckRun>) => ReactNode;
  onCancel: (run: StuckRun) => void;
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
    width: "w-38",
    isNumber: true,
    card: { order: 2 },
    className: "whitespace-nowrap",
    sort: "ratio",
    cell: (run) => <Ratio run={run} />,
  },
  {
    id: "age",
    head: "Age",
    width: "w-32",
    isNumber: true,
    card: { order: 4 },
    className: "max-md:text-ink-muted whitespace-nowrap",
    cell: ({ created_at }) => <Elapsed since={created_at} />,
  },
  {
    id: "model",
    head: "Model",
    card: { order: 3, span: 2 },
    className: "truncate md:pl-6",
    title: ({ model }) => model,
    cell: ({ model }) => model,
  },
  {
    id: "customer",
    head: "Customer",
    width: "w-[13%] lg:w-[16%]",
    card: { order: 6, span: 2, isRight: true },
    className: "text-ink-muted truncate",
    cell: ({ org_id }) => (orgNames[org_id] ? <StoredText>{orgNames[org_id]}</StoredText> : <None />),
  },
  {
    id: "limit",
    head: "Stuck after",
    width: "w-48",
    from: "lg",
    isNumber: true,
    className: "text-ink-muted whitespace-nowrap",
    cell: ({ p95_ms, stuck_factor }) => `${formatDuration(p95_ms * stuck_factor)} (${stuck_factor} × p95)`,
  },
];

/** Against the p95, counting on. */
function Ratio({ run: { created_at, p95_ms } }: { run: StuckRun }) {
  const ratio = useTimedText((now) => formatRatio((now - Date.parse(created_at)) / p95_ms));
  return <Mark tone="warn">{ratio} × the p95</Mark>;
}
