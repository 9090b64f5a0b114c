/**
 * 36 px rows (28 when compact) in fixed columns, so that a changed row moves nothing; cards on narrow
 * screens.
 */
export const TABLE = "w-full table-fixed text-left max-md:block";

/** Collapsed borders don't stick with the header, so its line is a shadow. */
export const HEAD =
  "h-9 bg-surface px-2 text-sm font-medium whitespace-nowrap text-ink-muted shadow-[inset_0_-1px_0_var(--line)] " +
  "first:pl-(--edge) last:pr-(--edge) forced-colors:border-b";

export const CELL =
  "max-md:min-w-0 md:h-9 md:in-data-[density=compact]:h-7 md:truncate md:px-2 md:first:pl-(--edge) md:last:pr-(--edge)";

/** For multi-line rows. */
export const TALL_CELL =
  "px-2 py-2 align-top first:pl-(--edge) last:pr-(--edge) max-md:p-0 max-md:first:pl-0 max-md:last:pr-0";

export const ROW =
  "group/row relative border-b transition-colors duration-100 not-data-selected:hover:bg-hover data-selected:border-line-strong data-selected:bg-accent-tint data-selected:[--ink-faint:var(--ink-muted)] not-data-selected:has-[[data-row]:focus-visible]:bg-hover " +
  "has-[[data-row]:focus-visible]:outline-2 has-[[data-row]:focus-visible]:-outline-offset-2 has-[[data-row]:focus-visible]:outline-accent " +
  "max-md:grid max-md:grid-cols-[auto_minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-0.5 max-md:px-4 max-md:py-2.5 " +
  "max-md:in-data-[density=compact]:py-1";
