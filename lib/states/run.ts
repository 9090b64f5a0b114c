/** The run's states and the rules about them. Everything else (SQL, API, console, tests) derives from here. */

/** In the order of the life cycle; PostgreSQL's enum `run_status` has the same values in the same order. */
export const RUN_STATUSES = [
  "queued",
  "dispatching",
  "running",
  "succeeded",
  "failed",
  "partial_succeeded",
  "canceled",
] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

const TERMINAL: Record<RunStatus, boolean> = {
  queued: false,
  dispatching: false,
  running: false,
  succeeded: true,
  failed: true,
  partial_succeeded: true,
  canceled: true,
};

export const isTerminal = (status: RunStatus): boolean => TERMINAL[status];

/** A run can be cancelled from each of these, in one step. */
export const NON_TERMINAL_STATUSES = RUN_STATUSES.filter((status) => !isTerminal(status));
export const TERMINAL_STATUSES = RUN_STATUSES.filter(isTerminal);

/** What the provider may report; `canceled` is ours alone. */
export const PROVIDER_STATUSES = [
  "dispatching",
  "running",
  "succeeded",
  "failed",
  "partial_succeeded",
] as const satisfies readonly RunStatus[];
export type ProviderStatus = (typeof PROVIDER_STATUSES)[number];

/** What became of a provider's event. */
export const EVENT_OUTCOMES = ["applied", "duplicate", "out_of_order", "dropped_terminal"] as const;
export type EventOutcome = (typeof EVENT_OUTCOMES)[number];

export const RUN_SOURCES = ["api", "playground", "dashboard"] as const;
export type RunSource = (typeof RUN_SOURCES)[number];

/** Filters take both spellings of the word; a run record only ever says `canceled`. */
export function parseRunStatus(text: string): RunStatus | undefined {
  const status = text === "cancelled" ? "canceled" : text;
  return RUN_STATUSES.find((known) => known === status);
}

/** What lists of runs can be sorted by: for each there is an index, so that page 1,000 costs what page 1 costs. */
export const RUN_SORT_FIELDS = ["created_at", "started_at", "completed_at", "duration_ms", "cost"] as const;
export type RunSortField = (typeof RUN_SORT_FIELDS)[number];
