import type { Db } from "@/lib/db/client";
import { FIRST_RETRY_MS, JITTER, RETRY_FACTOR } from "./backoff";
import { FAILURES_TO_OPEN, OPEN_AT_MOST_MS, OPEN_MS } from "./circuit";
import { LEASE_MS } from "./claim-deliveries";
import { MAX_ATTEMPTS } from "./delivery";
import type { Outcome } from "./send-delivery";

export type Attempt = {
  deliveryId: string;
  startedAt: Date;
  durationMs: number;
  secretId: string | null;
  outcome: Outcome;
};

/**
 * Keeps what came of attempts, and decides what follows: delivered, another attempt later, or failed. The endpoint's
 * circuit, this worker's hold on it, and the job that wakes a worker for the next attempt are part of the same statement.
 * An attempt at a delivery that has been settled meanwhile, by a worker that took the endpoint over, is not kept.
 */
export async function recordAttempts(db: Db, workerId: string, attempts: Attempt[]): Promise<void> {
  await db.$queryRaw`
    WITH attempt AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(attempts.map(toRecord))}::jsonb) AS a(delivery_id uuid,
        started_at timestamptz, duration_ms int, secret_id uuid, delivered boolean, final boolean, status int, error text,
        response_body text)
    ), settled AS (
      UPDATE deliveries d SET
        attempt_count = d.attempt_count + 1,
        state = CASE WHEN a.delivered THEN 'delivered' WHEN a.final OR d.attempt_count + 1 >= ${MAX_ATTEMPTS}::int
          THEN 'failed' ELSE 'pending' END,
        settled_at = CASE WHEN a.delivered OR a.final OR d.attempt_count + 1 >= ${MAX_ATTEMPTS}::int
          THEN date_trunc('milliseconds', clock_timestamp()) END
      FROM attempt a
      WHERE d.id = a.delivery_id AND d.state = 'pending'
      RETURNING d.id, d.org_id, d.origin, d.attempt_count, d.state, a.*
    ), kept AS (
      INSERT INTO delivery_attempts (delivery_id, number, started_at, duration_ms, status, error, response_body, secret_id)
      SELECT id, attempt_count, started_at, duration_ms, status, error, response_body, secret_id FROM settled
    ), done AS (
      DELETE FROM delivery_queue q USING settled WHERE q.delivery_id = settled.id AND settled.state <> 'pending'
    ), later AS (
      UPDATE delivery_queue q SET next_attempt_at = clock_timestamp() + interval '1 ms'
        * round(${FIRST_RETRY_MS}::int * power(${RETRY_FACTOR}::int, settled.attempt_count - 1)
          * (1 + (random() * 2 - 1) * ${JITTER}::float8))
      FROM settled WHERE q.delivery_id = settled.id AND settled.state = 'pending'
      RETURNING q.next_attempt_at
    ), news AS (
      SELECT org_id, origin, bool_or(delivered) AS is_well, count(*) FILTER (WHERE NOT delivered) AS failures,
        max(error) FILTER (WHERE NOT delivered) AS error, max(status) FILTER (WHERE NOT delivered) AS status
      FROM settled GROUP BY org_id, origin
    ), locked AS (
      SELECT e.org_id, e.origin FROM delivery_endpoints e JOIN news USING (org_id, origin)
      ORDER BY e.org_id, e.origin FOR NO KEY UPDATE OF e
    ), endpoint AS (
      UPDATE delivery_endpoints e SET
        failures_in_row = CASE WHEN is_well THEN 0 ELSE least(e.failures_in_row + failures, 1000000) END,
        open_until = CASE WHEN is_well OR e.failures_in_row + failures < ${FAILURES_TO_OPEN}::int THEN NULL
          ELSE clock_timestamp() + interval '1 ms' * least(${OPEN_AT_MOST_MS}::int, ${OPEN_MS}::int
            * power(2, least(e.failures_in_row + failures - ${FAILURES_TO_OPEN}::int, 10))) END,
        last_success_at = CASE WHEN is_well THEN date_trunc('milliseconds', clock_timestamp()) ELSE e.last_success_at END,
        last_failure_at = CASE WHEN failures > 0 THEN date_trunc('milliseconds', clock_timestamp()) ELSE e.last_failure_at END,
        last_error = CASE WHEN failures > 0 THEN coalesce(news.error, 'status ' || news.status) ELSE e.last_error END,
        owned_until = CASE WHEN e.owner_id = ${workerId}::uuid
          THEN clock_timestamp() + ${LEASE_MS}::int * interval '1 ms' ELSE e.owned_until END
      FROM news JOIN locked USING (org_id, origin)
      WHERE e.org_id = news.org_id AND e.origin = news.origin
      RETURNING e.open_until
    ), moment AS (
      SELECT min(at) AS at FROM (
        SELECT next_attempt_at AS at FROM later UNION ALL SELECT open_until FROM endpoint) moments
    )
    SELECT graphile_worker.add_job('deliver', '{}'::json, run_at => moment.at,
      job_key => 'deliver:' || date_trunc('second', moment.at), job_key_mode => 'preserve_run_at')
    FROM moment WHERE moment.at IS NOT NULL`;
}

function toRecord({ deliveryId, startedAt, durationMs, secretId, outcome }: Attempt) {
  return {
    delivery_id: deliveryId,
    started_at: startedAt,
    duration_ms: durationMs,
    secret_id: secretId,
    delivered: outcome.isDelivered,
    final: outcome.isFinal,
    status: outcome.status,
    error: outcome.error,
    response_body: outcome.responseBody,
  };
}
