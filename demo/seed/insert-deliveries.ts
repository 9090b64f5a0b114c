import type { ClientBase } from "pg";
import { FAILURES_TO_OPEN, OPEN_AT_MOST_MS, OPEN_MS } from "@/lib/deliveries/circuit";
import { isTerminal } from "@/lib/states/run";
import { copyRows } from "./copy-rows";
import type { SeededOrganization } from "./people";
import {
  ATTEMPT_COLUMNS,
  type Attempted,
  findParties,
  PLAN_COLUMNS,
  planDelivery,
  type Planned,
} from "./plan-delivery";
import type { Random } from "./random";
import type { SeededRun } from "./runs";

/** Writes the deliveries of these runs, for those that have ended. The runs must exist. */
export async function insertDeliveries(
  client: ClientBase,
  runs: readonly SeededRun[],
  organizations: readonly SeededOrganization[],
  now: number,
  random: Random,
): Promise<void> {
  const parties = await findParties(client, organizations);
  const plan: Planned[] = [];
  const attempts: Attempted[] = [];
  for (const run of runs) {
    if (!isTerminal(run.status_code)) continue;
    const party = parties.get(String(run.org_id))!;
    const hearing = party.webhooks.filter(({ hears }) => hears.includes(run.status_code));
    for (const webhookId of [...(run.callback_url === null ? [] : [null]), ...hearing.map(({ id }) => id)]) {
      const delivery = planDelivery(run, webhookId, party, now, random);
      plan.push(delivery.planned);
      attempts.push(...delivery.attempts);
    }
  }
  await writePlan(client, plan);
  await copyRows(client, "delivery_attempts", ATTEMPT_COLUMNS, attempts);
  await bringEndpointsUp(client);
}

/** The database writes the bodies, as for every ended run, and queues pending deliveries. */
async function writePlan(client: ClientBase, plan: Planned[]): Promise<void> {
  await client.query(
    `CREATE TEMPORARY TABLE plan (id uuid, run_id uuid, webhook_id uuid, state text, attempt_count int,
       created_at timestamptz, settled_at timestamptz, next_attempt_at timestamptz) ON COMMIT DROP`,
  );
  await copyRows(client, "plan", PLAN_COLUMNS, plan);
  await client.query(
    `INSERT INTO deliveries (id, org_id, run_id, webhook_id, event, url, origin, body, state, attempt_count, created_at,
       settled_at, next_attempt_at)
     SELECT p.id, r.org_id, r.id, p.webhook_id, e.event, e.url, origin_of(e.url),
       delivery_body(e.event, r.id, r.status_code, r.output, r.duration_ms, r.created_at, r.completed_at, r.metadata),
       p.state, p.attempt_count, p.created_at, p.settled_at, p.next_attempt_at
     FROM plan p JOIN runs r ON r.id = p.run_id LEFT JOIN webhooks w ON w.id = p.webhook_id,
       LATERAL (SELECT event_of(r.status_code) AS event, coalesce(w.url, r.callback_url) AS url) e`,
  );
}

/** Sets the endpoints' state after these attempts: some have an open circuit. */
async function bringEndpointsUp(client: ClientBase): Promise<void> {
  await client.query(
    `WITH attempt AS (
       SELECT d.org_id, d.origin, a.started_at AS at, coalesce(a.error, 'status ' || a.status) AS error,
         coalesce(a.status BETWEEN 200 AND 299, false) AS is_well
       FROM delivery_attempts a JOIN deliveries d ON d.id = a.delivery_id
     ), success AS (
       SELECT org_id, origin, max(at) FILTER (WHERE is_well) AS at FROM attempt GROUP BY org_id, origin
     ), failure AS (
       SELECT org_id, origin, max(a.at) AS at, (array_agg(a.error ORDER BY a.at DESC))[1] AS error,
         count(*) FILTER (WHERE s.at IS NULL OR a.at > s.at)::int AS in_row
       FROM attempt a JOIN success s USING (org_id, origin) WHERE NOT a.is_well GROUP BY org_id, origin
     )
     UPDATE delivery_endpoints e SET last_success_at = s.at, last_failure_at = f.at, last_error = f.error,
       failures_in_row = coalesce(f.in_row, 0), open_until = CASE WHEN f.in_row >= ${FAILURES_TO_OPEN}
         THEN f.at + interval '1 ms' * least(${OPEN_AT_MOST_MS}, ${OPEN_MS} * power(2, least(f.in_row - ${FAILURES_TO_OPEN}, 10))) END
     FROM success s LEFT JOIN failure f USING (org_id, origin)
     WHERE e.org_id = s.org_id AND e.origin = s.origin`,
  );
}
