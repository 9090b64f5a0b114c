/** The run's states and their rules; SQL, API, console and tests all derive from this file. */

/** In lifecycle order; PostgreSQL's enum `run_status` has the same values in the same order. */
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

/** A run can be canceled from any of these, in one step. */
export const NON_TERMINAL_STATUSES = RUN_STATUSES.filter((status) => !isTerminal(status));
export const TERMINAL_STATUSES = RUN_STATUSES.filter(isTerminal);

/** The statuses that the provider may report; only we cancel. */
export const PROVIDER_STATUSES = [
  "dispatching",
  "running",
  "succeeded",
  "failed",
  "partial_succeeded",
] as const satisfies readonly RunStatus[];
export type ProviderStatus = (typeof PROVIDER_STATUSES)[number];

/** The outcome of a provider's event. */
export const EVENT_OUTCOMES = ["applied", "duplicate", "out_of_order", "dropped_terminal"] as const;
export type EventOutcome = (typeof EVENT_OUTCOMES)[number];

export const RUN_SOURCES = ["api", "playground", "dashboard"] as const;
export type RunSource = (typeof RUN_SOURCES)[number];

/** Filters accept both spellings; a run record always says `canceled`. */
export function parseRunStatus(text: string): RunStatus | undefined {
  const status = text === "cancelled" ? "canceled" : text;
  return RUN_STATUSES.find((known) => known === status);
}

/** Each sortable column has an index, so that page 1,000 costs the same as page 1. */
export const RUN_SORT_FIELDS = ["created_at", "started_at", "completed_at", "duration_ms", "cost"] as const;
export type RunSortField = (typeof RUN_SORT_FIELDS)[number];
