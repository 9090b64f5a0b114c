import { Prisma } from "@/generated/prisma/client";
import type { Delivery, DeliveryAttempt } from "@/lib/contract/deliveries";
import { formatTimestamp } from "@/lib/contract/values";

type Moments = "next_attempt_at" | "paused_until" | "created_at" | "settled_at";

/** A delivery as read from the database. */
export type DeliveryRow = Omit<Delivery, Moments> & {
  body: string;
  next_attempt_at: Date | null;
  paused_until: Date | null;
  created_at: Date;
  settled_at: Date | null;
};

/** The columns of a DeliveryRow, from `deliveries` aliased `r`. */
export const DELIVERY_COLUMNS = Prisma.sql`r.id, r.org_id, r.run_id, r.webhook_id, r.event, r.cause, r.url, r.state,
  r.attempt_count, r.created_at, r.settled_at, r.body,
  r.next_attempt_at,
  (SELECT e.open_until FROM delivery_endpoints e WHERE r.state = 'pending' AND e.org_id = r.org_id AND e.origin = r.origin
    AND e.open_until > now()) AS paused_until,
  (SELECT a.status FROM delivery_attempts a WHERE a.delivery_id = r.id AND a.number = r.attempt_count) AS last_status,
  (SELECT a.error FROM delivery_attempts a WHERE a.delivery_id = r.id AND a.number = r.attempt_count) AS last_error`;

export function toDelivery(row: DeliveryRow): Delivery {
  const { id, org_id, run_id, webhook_id, event, cause, url, state, attempt_count, last_status, last_error } =
    row;
  return {
    id,
    org_id,
    run_id,
    webhook_id,
    event,
    cause,
    url,
    state,
    attempt_count,
    next_attempt_at: row.next_attempt_at && formatTimestamp(row.next_attempt_at),
    paused_until: row.paused_until && formatTimestamp(row.paused_until),
    last_status,
    last_error,
    created_at: formatTimestamp(row.created_at),
    settled_at: row.settled_at && formatTimestamp(row.settled_at),
  };
}

export type AttemptRow = Omit<DeliveryAttempt, "started_at"> & { delivery_id: string; started_at: Date };

/** The columns of an AttemptRow. */
export const ATTEMPT_COLUMNS = Prisma.sql`delivery_id, number, started_at, duration_ms, status, error, response_body,
  secret_id IS NOT NULL AS is_signed`;

export const toAttempt = (row: AttemptRow): DeliveryAttempt => ({
  number: row.number,
  started_at: formatTimestamp(row.started_at),
  duration_ms: row.duration_ms,
  status: row.status,
  error: row.error,
  response_body: row.response_body,
  is_signed: row.is_signed,
});
