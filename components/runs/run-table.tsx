"use client";

import { type ReactNode, useMemo } from "react";
import { cx } from "@/components/ui/class-names";
import { DataTable, type RowMenuProps } from "@/components/ui/data-table";
import { RowLink } from "@/components/ui/row-link";
import type { Column } from "@/components/ui/table-column";
import type { Selection } from "@/components/ui/use-selection";
import { paths } from "@/lib/client/paths";
import { areDefault, COLUMN_NAMES, type RunColumn } from "@/lib/client/run-columns";
import type { RunDisplay } from "@/lib/client/run-filters";
import { describeSort, isDescending, nextSort, type RunSort, SORT_OF } from "@/lib/client/run-order";
import type { RunRow } from "@/lib/client/runs";
import type { RunSortField } from "@/lib/states/run";
import { type Directory, RUN_CELLS } from "./run-cells";
import { ShortId, shortId } from "./short-id";
import { StatusBadge } from "./status-badge";

type Props = {
  rows: RunRow[];
  directory: Directory;
  display: RunDisplay;
  onSort: (sort: RunSort) => void;
  selection?: Selection;
  menu?: (menu: RowMenuProps<RunRow>) => ReactNode;
  onCancel?: (run: RunRow) => void;
  onCancelSelection?: () => void;
  onApproach?: (run: RunRow) => void;
};

/** The widths of the checkbox, status, run and menu columns. */
const FIXED_WIDTH = 368;

export function RunTable({ rows, directory, display, onSort, ...actions }: Props) {
  const { columns: shown, density, sort } = display;
  const isChosen = !areDefault(shown);
  const columns = useMemo(
    () => [...START, ...shown.map((column) => toColumn(column, isChosen, directory))],
    [shown, isChosen, directory],
  );
  const width = shown.reduce((sum, column) => sum + RUN_CELLS[column].pixels, FIXED_WIDTH);
  const by = sort.split(":")[0]!;
  return (
    <DataTable
      label="Runs"
      {...actions}
      nameOf={({ id }) => `run ${shortId(id)}`}
      rows={rows}
      columns={columns}
      density={density}
      minWidth={isChosen ? width : 0}
      sort={{ by, isDescending: isDescending(sort) }}
      onSort={(field) => onSort(nextSort(sort, field as RunSortField))}
      describeSort={(field) =>
        field === by
          ? `${describeSort(sort)}; reverse the order`
          : describeSort(nextSort(sort, field as RunSortField))
      }
    />
  );
}

const START: Column<RunRow>[] = [
  {
    id: "status",
    head: "Status",
    width: "w-36",
    className: "max-md:col-span-2",
    cell: ({ status_code }) => <StatusBadge status={status_code} />,
  },
  {
    id: "run",
    head: "Run",
    width: "w-32",
    card: { order: 5 },
    cell: ({ id }) => (
      <RowLink href={paths.run(id)}>
        <ShortId id={id} isAlwaysShort />
      </RowLink>
    ),
  },
];

function toColumn(id: RunColumn, isChosen: boolean, directory: Directory): Column<RunRow> {
  const { fit, render, title, isNamed, width, className, ...column } = RUN_CELLS[id];
  const head = COLUMN_NAMES[id];
  const sort = SORT_OF[id];
  return {
    ...column,
    id,
    head,
    width: cx(width, !isChosen && fit),
    className: cx(className, !isChosen && fit),
    ...(sort && { sort }),
    ...(title && { title: (run) => title(run, directory) }),
    cell: (run) => (
      <>
        {isNamed && <span className="text-ink-faint md:hidden">{head} </span>}
        {render(run, directory)}
      </>
    ),
  };
}
