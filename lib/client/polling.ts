import { ApiError } from "./api-error";
import { pollEvery } from "./session-end";

export const POLL_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;
/** Longer than the server's limit for a list; after this the connection is dead, as after a sleep. */
const ANSWER_TIMEOUT_MS = 15_000;

/** The same request would be refused again, except after a 429. */
const isFinal = (error: Error): boolean =>
  error instanceof ApiError && error.status < 500 && error.status !== 429;

/** Retry with backoff and jitter, so that pages don't all hit a recovering server at once. */
const retryDelay = (failures: number): number =>
  Math.min(POLL_MS * 2 ** failures, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2);

/**
 * Options for a polling query. TanStack polls and retries only while the page is visible and online, and
 * fetches once when it becomes visible again.
 */
export const POLLING = {
  staleTime: POLL_MS,
  retry: (_failures: number, error: Error) => !isFinal(error),
  retryDelay,
} as const;

/** @param error the last request's refusal; polls slowly on, in case access is granted again */
export const pollInterval = (isNeeded: boolean, error: Error | null, everyMs = POLL_MS): number | false =>
  pollEvery(error ? LONGEST_PAUSE_MS : everyMs, isNeeded);

export const withTimeout = (signal: AbortSignal): AbortSignal =>
  AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);

type Polled = { failureCount: number; fetchStatus: "fetching" | "paused" | "idle"; isError: boolean };

/** Whether the data may be stale: the last request failed, or the browser is offline. */
export const isInterrupted = ({ failureCount, fetchStatus, isError }: Polled): boolean =>
  failureCount > 0 || fetchStatus === "paused" || isError;
