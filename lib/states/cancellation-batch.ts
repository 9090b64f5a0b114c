/** The states of a bulk cancellation. SQL, API, console and tests all derive from here. */
export const BATCH_STATES = ["planned", "expired", "running", "aborted", "completed"] as const;
export type BatchState = (typeof BATCH_STATES)[number];

/** A plan that nobody starts expires after this. */
export const PLAN_HOURS = 24;

/** The most runs of one plan. */
export const BATCH_MOST_RUNS = 100_000;

/**
 * The outcome of a run: the status that a single cancel would have answered. 503 means that another request
 * held the run for too long.
 */
export const ITEM_OUTCOMES = [201, 200, 404, 409, 503] as const;
export type ItemOutcome = (typeof ITEM_OUTCOMES)[number];

/** Outcomes that a retry attempts again. */
export const FAILED_OUTCOMES: readonly ItemOutcome[] = [404, 409, 503];
