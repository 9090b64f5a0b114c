"use client";

import Link from "next/link";
import { useRef } from "react";
import { cx } from "@/components/ui/class-names";
import { HeadCell } from "@/components/ui/head-cell";
import { CELL, ROW, TABLE } from "@/components/ui/table-style";
import { useRowKeys } from "@/components/ui/use-row-keys";
import { paths } from "@/lib/client/paths";
import { areDefault, COLUMN_NAMES, type RunColumn } from "@/lib/client/run-columns";
import type { RunDisplay } from "@/lib/client/run-filters";
import { type RunSort, SORT_OF } from "@/lib/client/run-order";
import type { RunRow } from "@/lib/client/runs";
import { type Directory, RUN_CELLS } from "./run-cells";
import { ShortId } from "./short-id";
import { SortHead } from "./sort-head";
import { StatusBadge } from "./status-badge";

type Props = {
  rows: RunRow[];
  directory: Directory;
  display: RunDisplay;
  onSort: (sort: RunSort) => void;
};

/** What the two columns take that always stand there. */
const FIXED_WIDTH = 304;

export function RunTable({ rows, directory, display, onSort }: Props) {
  const table = useRef<HTMLTableElement>(null);
  useRowKeys(table);
  const { columns, density, sort } = display;
  const isChosen = !areDefault(columns);
  const width = columns.reduce((sum, column) => sum + RUN_CELLS[column].width, FIXED_WIDTH);

  return (
    // Columns that someone has chosen are all there; where they have no room, the table moves in its own place.
    <div className={cx(isChosen && "md:overflow-x-auto")}>
      {/* Roles are written out: a table that is laid out as cards must stay one for a screen reader. */}
      <table
        ref={table}
        role="table"
        aria-label="Runs"
        data-density={density}
        className={cx(TABLE, isChosen && "md:min-w-(--columns)")}
        style={{ "--columns": `${width}px` } as React.CSSProperties}
      >
        <thead role="rowgroup" className="max-md:sr-only">
          <tr role="row">
            <HeadCell className="w-40 lg:w-42">Status</HeadCell>
            <HeadCell className={cx("w-34", !isChosen && "md:max-lg:w-32 2xl:w-72")}>Run</HeadCell>
            {columns.map((column) => (
              <Head key={column} {...{ column, isChosen, sort, onSort }} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="max-md:block">
          {rows.map((run) => (
            <Row key={run.id} {...{ run, directory, columns, isChosen }} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type HeadProps = { column: RunColumn; isChosen: boolean; sort: RunSort; onSort: (sort: RunSort) => void };

function Head({ column, isChosen, sort, onSort }: HeadProps) {
  const { head, fit } = RUN_CELLS[column];
  const className = cx(head, !isChosen && fit);
  const field = SORT_OF[column];
  if (!field) return <HeadCell className={className}>{COLUMN_NAMES[column]}</HeadCell>;
  return <SortHead {...{ field, className, sort, onSort }}>{COLUMN_NAMES[column]}</SortHead>;
}

type RowProps = { run: RunRow; directory: Directory; columns: readonly RunColumn[]; isChosen: boolean };

function Row({ run, directory, columns, isChosen }: RowProps) {
  return (
    <tr role="row" className={ROW}>
      <td role="cell" className={`${CELL} max-md:col-span-2`}>
        <StatusBadge status={run.status_code} />
      </td>
      <td role="cell" className={`${CELL} max-md:order-5`}>
        <Link href={paths.run(run.id)} prefetch={false} data-row className="stretched outline-none">
          <ShortId id={run.id} isAlwaysShort={isChosen} />
        </Link>
      </td>
      {columns.map((column) => {
        const { cell, fit, isNamed, render } = RUN_CELLS[column];
        return (
          <td key={column} role="cell" className={cx(CELL, cell, !isChosen && fit)}>
            {isNamed && <span className="text-ink-faint md:hidden">{COLUMN_NAMES[column]} </span>}
            {render(run, directory)}
          </td>
        );
      })}
    </tr>
  );
}
