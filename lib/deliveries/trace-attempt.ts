import { tracing } from "@/lib/platform/tracing/tracing";
import type { AttemptKey, Queryable } from "./start-attempt";

type Attempt = { startedAt: Date; status: number | null };

/**
 * Traces: shows an attempt in the trace of the request that caused it: the cancellation, redelivery or test,
 * whose audit entry has the request's id. A run that its provider ended has none, so its creation counts.
 */
export async function traceAttempt(
  db: Queryable,
  { id, attempt }: AttemptKey,
  { startedAt, status }: Attempt,
): Promise<void> {
  const traces = tracing();
  if (!traces) return;
  const { rows } = await db.query<{ request_id: string }>({
    name: "request_of",
    text: REQUEST_OF,
    values: [id],
  });
  for (const { request_id: requestId } of rows)
    traces.record({
      name: "delivery attempt",
      requestId,
      startedAt,
      attributes: {
        "runflow.attempt": attempt,
        ...(status !== null && { "http.response.status_code": status }),
      },
    });
}

const REQUEST_OF = `
  SELECT coalesce(e.request_id, r.request_id) AS request_id
  FROM deliveries d LEFT JOIN runs r ON r.id = d.run_id LEFT JOIN audit_entries e
    ON e.target_id = CASE d.cause WHEN 'transition' THEN d.run_id WHEN 'redelivery' THEN d.id ELSE d.webhook_id END
    AND e.action = CASE d.cause WHEN 'transition' THEN 'run.cancelled' WHEN 'redelivery' THEN 'delivery.redelivered'
      ELSE 'webhook.tested' END
    AND (d.cause <> 'test' OR e.meta ->> 'delivery_id' = d.id::text)
  WHERE d.id = $1::uuid AND coalesce(e.request_id, r.request_id) IS NOT NULL`;
