/** The style of a navigation entry. */
export const NAV_ITEM =
  "flex h-8 items-center gap-2.5 rounded px-2 max-sm:gap-1 max-sm:px-1.5 hover:bg-hover hover:text-ink transition-colors duration-100";
