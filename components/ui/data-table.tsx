"use client";

import { type FocusEvent, type MouseEvent, type ReactNode, useRef, useState } from "react";
import { cx } from "./class-names";
import { DataRow } from "./data-row";
import { SelectCell, TableHead } from "./table-head";
import { fitTable } from "./fit-table";
import type { Sort } from "./sort-head";
import type { Column } from "./table-column";
import { TABLE } from "./table-style";
import { useFirstRows } from "./use-first-rows";
import { useRowKeys } from "./use-row-keys";
import type { Selection } from "./use-selection";
import { useShortcut } from "./use-shortcut";

/** The open menu's row, and the button that opened it. */
export type RowMenuProps<R> = { row: R; anchor: HTMLElement; onClose: () => void };

type Props<R extends { id: string }> = {
  label: string;
  rows: readonly R[];
  /** Keep them in a constant or a memo: rows render again only when they or their columns change. */
  columns: readonly Column<R>[];
  /** The row's name for its checkbox and menu: "run 01a2…". */
  nameOf?: (row: R) => string;
  density?: "comfortable" | "compact";
  /** Multi-line rows. */
  isTall?: boolean;
  /** In CSS pixels; a narrower table scrolls sideways. */
  minWidth?: number;
  sort?: Sort;
  onSort?: (field: string) => void;
  describeSort?: (field: string) => string;
  selection?: Selection;
  menu?: (menu: RowMenuProps<R>) => ReactNode;
  /** Handles a `RowButton`. */
  onOpen?: (row: R) => void;
  /** Handles `c` on the focused row. */
  onCancel?: (row: R) => void;
  /** Handles `c` while rows are selected. */
  onCancelSelection?: (() => void) | undefined;
  /** Called when the pointer or the focus enters a row. */
  onApproach?: (row: R) => void;
};

/**
 * Every list of the console: sticky header, row keys, sorting, selection, row menus, and cards on narrow
 * screens.
 */
export function DataTable<R extends { id: string }>(props: Props<R>) {
  const { label, rows, columns, nameOf, density, isTall = false, minWidth = 0, selection, menu } = props;
  const table = useRef<HTMLTableElement>(null);
  const [open, setOpen] = useState<Omit<RowMenuProps<R>, "onClose">>();
  const fit = fitTable(minWidth);
  const drawn = useFirstRows(rows);

  const rowAt = (place: EventTarget | null): R | undefined => {
    const id = place instanceof Element && place.closest<HTMLElement>("tr[data-id]")?.dataset.id;
    return rows.find((row) => row.id === id);
  };
  const focused = () =>
    table.current?.contains(document.activeElement) ? rowAt(document.activeElement) : undefined;

  useRowKeys(table, (...places) => selection?.add(places.flatMap((place) => rowAt(place)?.id ?? [])));
  useShortcut("x", () => {
    const row = focused();
    if (row) selection?.toggle(row.id, false);
  });
  useShortcut("c", () => {
    const row = focused();
    if (selection && selection.ids.size > 0) props.onCancelSelection?.();
    else if (row) props.onCancel?.(row);
  });

  const press = (event: MouseEvent) => {
    const at = (selector: string) => (event.target as Element).closest<HTMLElement>(selector);
    const row = rowAt(event.target);
    const anchor = at("[data-menu]");
    if (at("[data-sort]")) props.onSort?.(at("[data-sort]")!.dataset.sort!);
    else if (at("[data-select-all]")) selection?.toggleAll();
    else if (!row) return;
    else if (at("[data-select]")) selection?.toggle(row.id, event.shiftKey);
    else if (anchor) setOpen(open?.anchor === anchor ? undefined : { row, anchor });
    else if (at("button[data-row]")) props.onOpen?.(row);
    else if (!at("a, button, label")) follow(event);
  };
  const approach = (event: MouseEvent | FocusEvent) => {
    const row = rowAt(event.target);
    if (row) props.onApproach?.(row);
  };

  return (
    // Positioned, so that it also clips its cells' visually hidden text.
    <div className={cx("relative", fit.frame)}>
      {/* Explicit roles: laid out as cards, it must stay a table for screen readers. */}
      {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- answers its buttons */}
      <table
        ref={table}
        role="table"
        aria-label={label}
        data-density={density}
        className={cx(TABLE, fit.table)}
        onClick={press}
        onAuxClick={(event) => event.button === 1 && follow(event)}
        onPointerOver={props.onApproach && approach}
        onFocus={props.onApproach && approach}
      >
        <thead role="rowgroup" className={cx("max-md:sr-only", fit.head)}>
          <tr role="row">
            {selection && <SelectCell label={label} selection={selection} count={rows.length} />}
            {columns.map((column) => (
              <TableHead
                key={column.id}
                column={column as Column<never>}
                sort={props.sort}
                describeSort={props.describeSort}
              />
            ))}
            {menu && <TableHead column={MENU_COLUMN} sort={undefined} describeSort={undefined} />}
          </tr>
        </thead>
        <tbody role="rowgroup" className="max-md:block">
          {drawn.map((row) => (
            <DataRow
              key={row.id}
              row={row}
              columns={columns}
              name={nameOf?.(row) ?? ""}
              isTall={isTall}
              isSelected={selection?.ids.has(row.id)}
              hasMenu={menu !== undefined}
            />
          ))}
        </tbody>
      </table>
      {open && menu?.({ ...open, onClose: () => setOpen(undefined) })}
    </div>
  );
}

/** Forwards clicks from a cell above the row's link or button, so that its title shows on hover. */
function follow(event: MouseEvent): void {
  const { ctrlKey, metaKey, shiftKey, button, target } = event;
  const row = (target as Element).closest("tr[data-id]");
  const isNewTab = ctrlKey || button === 1;
  const press = { bubbles: true, cancelable: true, ctrlKey: isNewTab, metaKey, shiftKey };
  row?.querySelector("[data-row]")?.dispatchEvent(new globalThis.MouseEvent("click", press));
}

const MENU_COLUMN: Column<never> = { id: "menu", head: "", width: "w-13", cell: () => null };
