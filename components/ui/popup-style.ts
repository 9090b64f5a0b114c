/** What floats above the page: popups and dialogs. */
export const POPUP = "floating m-0 rounded-lg border-0 bg-surface text-ink shadow-popup outline-none";

/** One line of a popup's list. */
export const MENU_ITEM =
  "flex min-h-8 w-full items-center gap-2.5 rounded px-2 text-left text-base text-ink hover:bg-hover has-focus-visible:bg-hover";
