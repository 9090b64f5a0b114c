/**
 * Attempt n + 1 comes this long after attempt n: 15 s × 4^(n − 1), which puts the eighth about 23 hours after the first.
 * The database adds up to a fifth more or less, so that what failed together doesn't come back together.
 */
export const FIRST_RETRY_MS = 15_000;
export const RETRY_FACTOR = 4;
export const JITTER = 0.2;
