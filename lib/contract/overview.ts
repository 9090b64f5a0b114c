/** Causes recognized in the reasons of cancellations; the first match counts. */
export const CANCEL_CAUSES = ["Duplicate", "Stuck", "Abuse", "Other", "No reason"] as const;
export type CancelCause = (typeof CANCEL_CAUSES)[number];

export type CancelCounts = {
  /** UTC days such as `2026-04-01`, without gaps, oldest first. */
  days: { day: string; byCause: Record<CancelCause, number> }[];
  /** The people and keys with the most cancellations. */
  people: { name: string; count: number }[];
};

export type LastHour = {
  /** Runs that ended, in five-minute steps, oldest first. */
  steps: { ended: number; failed: number }[];
  ended: number;
  failed: number;
  /** Of the runs that succeeded; null without any. */
  p50_ms: number | null;
  p95_ms: number | null;
  /** Runs that have not ended, counted up to a limit. */
  active: number;
  has_more_active: boolean;
};

export type FailingModel = { model: string; failed: number; ended: number };

export type TroubledEndpoint = {
  org_id: string;
  /** Scheme, host and port of a failing receiver. */
  origin: string;
  failures_in_row: number;
  paused_until: string | null;
  /** How many deliveries are waiting for it. */
  waiting: number;
};
