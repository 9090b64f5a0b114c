"use client";

import { memo } from "react";
import { cx } from "./class-names";
import { cellStyle, type Column } from "./table-column";
import { CELL, ROW, TALL_CELL } from "./table-style";

type Props<R> = {
  row: R;
  columns: readonly Column<R>[];
  name: string;
  isTall: boolean;
  /** Undefined if rows can't be selected. */
  isSelected: boolean | undefined;
  hasMenu: boolean;
};

/** Memoized; its buttons have no handlers because the table handles their events. */
export const DataRow = memo(Row) as typeof Row;

function Row<R extends { id: string }>({ row, columns, name, isTall, isSelected, hasMenu }: Props<R>) {
  const cell = isTall ? TALL_CELL : CELL;
  return (
    <tr
      role="row"
      data-id={row.id}
      data-selected={isSelected || undefined}
      className={cx(ROW, hasMenu && "max-md:pr-12")}
    >
      {isSelected !== undefined && (
        <td role="cell" className={`${CELL} card-check pr-0!`}>
          <label className="relative z-10 grid size-7 place-items-center md:-ml-2">
            <input
              type="checkbox"
              data-select
              checked={isSelected}
              readOnly
              aria-label={`Select ${name}`}
              className="size-3.5"
            />
          </label>
        </td>
      )}
      {columns.map((column) => (
        <td key={column.id} role="cell" title={column.title?.(row)} className={cx(cell, cellStyle(column))}>
          {column.cell(row)}
        </td>
      ))}
      {hasMenu && (
        <td role="cell" className={`${CELL} card-menu md:overflow-visible`}>
          <button
            type="button"
            data-menu
            aria-haspopup="menu"
            aria-label={`Actions for ${name}`}
            className="text-ink-muted hover:bg-line-strong hover:text-ink relative z-10 grid size-7 place-items-center rounded"
          >
            ⋯
          </button>
        </td>
      )}
    </tr>
  );
}
