/** After so many failures in a row an endpoint is left alone for a while, then tried with one delivery. */
export const FAILURES_TO_OPEN = 5;

/** How long, at first; twice as long after each further failure. */
export const OPEN_MS = 60_000;
export const OPEN_AT_MOST_MS = 30 * 60_000;
