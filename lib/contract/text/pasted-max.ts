/** What the look-up box sends at most, in UTF-16 units. */
export const PASTED_MAX = 4000;
