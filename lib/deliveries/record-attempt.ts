import type { Outcome } from "@/lib/platform/outbound/send-delivery";
import { MAX_ATTEMPTS } from "@/lib/states/delivery";
import { retryDelayMs } from "./backoff";
import { FAILURES_TO_OPEN, OPEN_AT_MOST_MS, OPEN_MS } from "./circuit";
import type { AttemptKey, Queryable } from "./start-attempt";

type Attempt = {
  startedAt: Date;
  durationMs: number;
  secretId: string | null;
  outcome: Outcome;
};

/**
 * Records an attempt and its consequences in one statement: settles the delivery or queues its next attempt,
 * no sooner than the receiver asked, and opens or closes the endpoint's circuit breaker. Ignores a repeated
 * record.
 */
export async function recordAttempt(
  db: Queryable,
  { id, attempt }: AttemptKey,
  { startedAt, durationMs, secretId, outcome }: Attempt,
): Promise<void> {
  const { isDelivered, isFinal, status, error, responseBody, retryAfterMs = 0 } = outcome;
  const state = isDelivered ? "delivered" : isFinal || attempt >= MAX_ATTEMPTS ? "failed" : "pending";
  const delayMs = state === "pending" ? Math.max(retryDelayMs(attempt), retryAfterMs) : null;
  const values = [
    id,
    attempt,
    state,
    delayMs,
    startedAt,
    durationMs,
    status,
    error,
    responseBody,
    secretId,
    isDelivered,
  ];
  await db.query({ name: "record_attempt", text: RECORD, values });
}

const NOW = "date_trunc('milliseconds', clock_timestamp())";
// Many deliveries share the endpoint's row, so a healthy endpoint's row is written at most once a second.
const RECORD = `
  WITH settled AS (
    UPDATE deliveries SET attempt_count = $2::int, state = $3::text,
      settled_at = CASE WHEN $3::text <> 'pending' THEN ${NOW} END,
      next_attempt_at = clock_timestamp() + $4::int * interval '1 ms'
    WHERE id = $1::uuid AND state = 'pending' AND attempt_count = $2::int - 1
    RETURNING id, org_id, origin, next_attempt_at
  ), kept AS (
    INSERT INTO delivery_attempts (delivery_id, number, started_at, duration_ms, status, error, response_body, secret_id)
    SELECT id, $2::int, $5::timestamptz, $6::int, $7::int, $8::text, $9::text, $10::uuid FROM settled
  ), success AS (
    UPDATE delivery_endpoints e SET failures_in_row = 0, open_until = NULL, last_success_at = ${NOW}
    FROM settled s WHERE $11::boolean AND e.org_id = s.org_id AND e.origin = s.origin
      AND (e.failures_in_row > 0 OR e.last_success_at IS NULL OR e.last_success_at < clock_timestamp() - interval '1 s')
  ), failure AS (
    UPDATE delivery_endpoints e SET failures_in_row = least(e.failures_in_row + 1, 1000000), last_failure_at = ${NOW},
      last_error = coalesce($8::text, 'status ' || $7::int),
      open_until = CASE WHEN e.failures_in_row + 1 >= ${FAILURES_TO_OPEN} THEN clock_timestamp() + interval '1 ms' *
        least(${OPEN_AT_MOST_MS}, ${OPEN_MS} * power(2, least(e.failures_in_row + 1 - ${FAILURES_TO_OPEN}, 10))) END
    FROM settled s WHERE NOT $11::boolean AND e.org_id = s.org_id AND e.origin = s.origin
  )
  SELECT queue_attempt(id, org_id, origin, $2::int + 1, next_attempt_at) FROM settled WHERE next_attempt_at IS NOT NULL`;
