export const FIRST_RETRY_MS = 15_000;
export const RETRY_FACTOR = 4;
export const JITTER = 0.2;

/**
 * Exponential backoff with jitter: 15 s × 4^(n − 1), ± 20 %, so that deliveries that failed together don't
 * retry together. The eighth attempt is about 23 hours after the first.
 * @param attempt the number of the failed one, from 1
 */
export const retryDelayMs = (attempt: number): number =>
  Math.round(FIRST_RETRY_MS * RETRY_FACTOR ** (attempt - 1) * (1 + (Math.random() * 2 - 1) * JITTER));
