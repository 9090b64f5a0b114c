/** The causes that agents' reasons mention; the first match counts. */
export const CANCEL_CAUSES = ["Duplicate", "Stuck", "Abuse", "Other", "No reason"] as const;
export type CancelCause = (typeof CANCEL_CAUSES)[number];

export type CancelCounts = {
  /** UTC days such as `2026-04-01`, without gaps, oldest first. */
  days: { day: string; byCause: Record<CancelCause, number> }[];
  /** The people and keys that canceled most. */
  people: { name: string; count: number }[];
};

export type LastHour = {
  /** Of runs that ended, by five minutes, the oldest first. */
  steps: { ended: number; failed: number }[];
  ended: number;
  failed: number;
  /** Of those that succeeded; null for none. */
  p50_ms: number | null;
  p95_ms: number | null;
  /** Not ended yet; counted up to a limit. */
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
  /** How many deliveries wait for it. */
  waiting: number;
};
