/** What floats above the page: menus, popovers, dialogs. */
export const POPUP = "rounded-lg bg-surface text-ink shadow-popup outline-none";

/** One line of a menu. */
export const MENU_ITEM =
  "flex min-h-8 w-full cursor-default items-center gap-2.5 rounded px-2 text-base text-ink outline-none select-none data-highlighted:bg-hover";
