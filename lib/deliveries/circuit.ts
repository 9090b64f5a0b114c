/** Circuit breaker: after so many failures in a row an endpoint is left alone for a while, then tried with one delivery. */
export const FAILURES_TO_OPEN = 5;

/** How long, at first; twice as long after each further failure. */
export const OPEN_MS = 60_000;
export const OPEN_AT_MOST_MS = 30 * 60_000;

/** How long the others wait for the one delivery that probes: its time-out, and time to record it. */
export const PROBE_MS = 12_000;
