/**
 * One look for every table: rows of 36 px in columns whose widths do not hang on what is in them, so that nothing
 * moves when a row changes; and cards of three lines where the screen is narrow. A table that is marked as compact has
 * rows of 28 px.
 */
export const TABLE = "w-full table-fixed text-left max-md:block";

export const HEAD =
  "h-9 border-b px-2 text-sm font-medium whitespace-nowrap text-ink-muted first:pl-4 last:pr-4 lg:first:pl-6 lg:last:pr-6";

export const CELL =
  "max-md:min-w-0 md:h-9 md:in-data-[density=compact]:h-7 md:truncate md:px-2 md:first:pl-4 md:last:pr-4 lg:first:pl-6 lg:last:pr-6";

export const ROW =
  "relative border-b transition-colors duration-100 hover:bg-hover has-[[data-row]:focus-visible]:bg-hover " +
  "has-[[data-row]:focus-visible]:outline-2 has-[[data-row]:focus-visible]:-outline-offset-2 has-[[data-row]:focus-visible]:outline-accent " +
  "max-md:grid max-md:grid-cols-[auto_minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-0.5 max-md:px-4 max-md:py-2.5 " +
  "max-md:in-data-[density=compact]:py-1";
