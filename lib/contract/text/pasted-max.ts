/** The longest text that the search box sends, in UTF-16 units. */
export const PASTED_MAX = 4000;
