/** How an entry of the main navigation looks, whether it leads anywhere or not. */
export const NAV_ITEM = "flex h-8 items-center gap-2.5 rounded px-2 font-medium max-sm:gap-1 max-sm:px-1.5";
