/** The look of popups and dialogs. With forced colors, the border shows, and shadows and fills vanish. */
export const POPUP =
  "floating m-0 rounded-lg border border-transparent bg-surface text-ink shadow-popup outline-none";

/** One line of a popup's list. */
export const MENU_ITEM =
  "flex min-h-8 w-full items-center gap-2.5 rounded px-2 text-left text-base text-ink hover:bg-hover has-focus-visible:bg-hover aria-disabled:cursor-not-allowed aria-disabled:text-ink-muted";
