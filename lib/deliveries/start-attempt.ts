import type { ClientBase } from "pg";
import { FAILURES_TO_OPEN, PROBE_MS } from "./circuit";

export type Queryable = Pick<ClientBase, "query">;

/** A job's payload: a delivery and the attempt's number. */
export type AttemptKey = { id: string; attempt: number };

export type StartedAttempt = {
  id: string;
  org_id: string;
  url: string;
  body: string;
  secret_id: string | null;
  secret_ciphertext: Uint8Array | null;
};

type Row = StartedAttempt & { is_paused: boolean };

/**
 * Reads what to send, with its signing secret. While the endpoint's circuit breaker is open, postpones the
 * attempt until it closes; then the first one probes, and the others wait for the result. Postponing locks
 * the endpoint's row, so that resuming it at the same time doesn't miss the postponed one.
 * @returns undefined when there is nothing to send now: already attempted, or postponed
 */
export async function startAttempt(
  db: Queryable,
  { id, attempt }: AttemptKey,
): Promise<StartedAttempt | undefined> {
  const { rows } = await db.query<Row>({ name: "start_attempt", text: START, values: [id, attempt] });
  return rows.find(({ is_paused }) => !is_paused);
}

const START = `
  WITH delivery AS (
    SELECT * FROM deliveries WHERE id = $1::uuid AND state = 'pending' AND attempt_count = $2::int - 1
  ), probe AS (
    UPDATE delivery_endpoints e SET open_until = clock_timestamp() + interval '${PROBE_MS} ms'
    FROM delivery d WHERE e.org_id = d.org_id AND e.origin = d.origin AND e.failures_in_row >= ${FAILURES_TO_OPEN}
      AND (e.open_until IS NULL OR e.open_until <= clock_timestamp())
    RETURNING e.origin
  ), waits AS (
    SELECT d.*, e.open_until FROM delivery d JOIN delivery_endpoints e USING (org_id, origin)
    WHERE e.failures_in_row >= ${FAILURES_TO_OPEN} AND NOT EXISTS (SELECT FROM probe)
    FOR SHARE OF e
  ), paused AS (
    SELECT queue_attempt(id, org_id, origin, $2::int,
      greatest(open_until, clock_timestamp() + interval '${PROBE_MS} ms')) AS queued FROM waits
  )
  SELECT d.id, d.org_id, d.url, d.body, s.id AS secret_id, s.ciphertext AS secret_ciphertext,
    EXISTS (SELECT queued FROM paused) AS is_paused
  FROM delivery d LEFT JOIN callback_secrets s ON s.org_id = d.org_id AND s.is_current`;
