import type { Pool } from "pg";

/** A busy team's trail: runs canceled over 30 days by thirty people. */
export const fillTrail = (owner: Pool, entries: number) =>
  owner.query(
    `WITH customer AS MATERIALIZED (SELECT array_agg(id ORDER BY slug) AS ids FROM organizations),
       actor AS MATERIALIZED (SELECT array_agg(uuidv7()) AS ids FROM generate_series(1, 30))
     INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, actor_email, actor_role,
       target_type, target_id, target_label, source, ip, user_agent, request_id, meta)
     SELECT customer.ids[1 + n % array_length(customer.ids, 1)], 'run.cancelled', now() - n * (interval '30 days' / $1),
       'user', actor.ids[1 + n % 30], 'Agent ' || n % 30, 'agent-' || n % 30 || '@staff.example', 'support', 'run', id,
       id::text, 'dashboard', '203.0.113.7', 'Firefox', 'req_' || lpad(n::text, 26, '0'), jsonb_build_object(
         'reason', 'Ticket #' || 4000 + n % 900 || ': the customer sent it twice, take ' || n,
         'ticket', '#' || 4000 + n % 900, 'from_status', 'running')
     FROM (SELECT n, uuidv7() AS id FROM generate_series($1::int, 1, -1) n) drawn, customer, actor`,
    [entries],
  );

/** @returns the ID of a running run with an input large enough to fold and search */
export async function makeLongRun(owner: Pool): Promise<string> {
  const steps = Array.from({ length: 40 }, (_, at) => ({
    step: at,
    prompt: `a harbor at dawn ${at}`,
    seed: at * 7,
  }));
  const { rows } = await owner.query<{ id: string }>(
    `INSERT INTO runs (org_id, model_id, model, source_code, status_code, input, request_id, created_by, created_at, started_at)
     SELECT org_id, model_id, model, 'api', 'running', $1, 'req_' || repeat('0', 26), created_by, created_at, created_at
     FROM runs WHERE status_code = 'running' ORDER BY created_at DESC LIMIT 1 RETURNING id`,
    [JSON.stringify({ steps, size: "1280x720" })],
  );
  return rows[0]!.id;
}
