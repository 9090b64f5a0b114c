/**
 * 36 px rows (28 when compact) in fixed columns, so that a changed row moves nothing; cards on narrow
 * screens.
 */
export const TABLE = "w-full table-fixed text-left max-md:block";

/** Collapsed borders don't stick with the header, so its line is a shadow. */
export const HEAD =
  "h-9 bg-surface px-2 text-sm font-medium whitespace-nowrap text-ink-muted shadow-[inset_0_-1px_0_var(--line)] " +
  "first:pl-(--edge) last:pr-(--edge) forced-colors:border-b";

/** In `globals.css`: repeated in each row, its utility classes were a quarter of a list's HTML. */
export const CELL = "list-cell";

/** For multi-line rows. */
export const TALL_CELL = "list-cell-tall";

export const ROW = "list-row group/row";
