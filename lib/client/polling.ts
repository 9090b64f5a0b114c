import { ApiError } from "./api-error";
import { pollEvery } from "./session-end";

export const POLL_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;
/** Longer than the server lets a list take: without an answer by then, the connection is dead, as after a sleep. */
const ANSWER_TIMEOUT_MS = 15_000;

/** What the same request would meet again: a refusal, except for coming too often. */
const isFinal = (error: Error): boolean =>
  error instanceof ApiError && error.status < 500 && error.status !== 429;

/** Retry with backoff and jitter, so that a server that comes back isn't met by every page at once. */
const retryDelay = (failures: number): number =>
  Math.min(POLL_MS * 2 ** failures, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2);

/**
 * Options of a query that polls. TanStack polls only while the page is visible and online, waits with its retries, too,
 * and fetches once when the page is shown again.
 */
export const POLLING = {
  staleTime: POLL_MS,
  retry: (_failures: number, error: Error) => !isFinal(error),
  retryDelay,
} as const;

/** @param error of the last request, a refusal: asked again now and then, in case the person is let in again */
export const pollInterval = (isNeeded: boolean, error: Error | null, everyMs = POLL_MS): number | false =>
  pollEvery(error ? LONGEST_PAUSE_MS : everyMs, isNeeded);

export const withTimeout = (signal: AbortSignal): AbortSignal =>
  AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);

type Polled = { failureCount: number; fetchStatus: "fetching" | "paused" | "idle"; isError: boolean };

/** Whether what is shown may be behind: the last request failed, or the browser is offline. */
export const isInterrupted = ({ failureCount, fetchStatus, isError }: Polled): boolean =>
  failureCount > 0 || fetchStatus === "paused" || isError;
