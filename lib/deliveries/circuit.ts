/**
 * Circuit breaker: after this many failures in a row an endpoint is paused, then probed with one delivery.
 */
export const FAILURES_TO_OPEN = 5;

/** The first pause; each further failure doubles it. */
export const OPEN_MS = 60_000;
export const OPEN_AT_MOST_MS = 30 * 60_000;

/** How long other deliveries wait for the probe: its timeout plus the time to record it. */
export const PROBE_MS = 12_000;
