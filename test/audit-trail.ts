import type { Pool } from "pg";

type Trail = {
  /** Entries rotate through these organizations. */
  orgIds: readonly string[];
  count: number;
  /** Entries spread evenly over this many months, ending now. */
  months: number;
};

/**
 * Fills the trail with years of entries, one table per month. Reasons contain `common` in every second entry,
 * `frequent` in every 50th, `rare` in every 20,000th, and `bygone` in every entry of the oldest tenth only.
 * @param owner the database owner, who may replace the table of past entries
 */
export async function fillTrail(owner: Pool, { orgIds, count, months }: Trail): Promise<void> {
  await owner.query(`
    ALTER TABLE audit_entries DETACH PARTITION audit_months.audit_entries_past;
    DROP TABLE audit_months.audit_entries_past;
    SELECT make_audit_month(month) FROM generate_series(date_trunc('month', now() - interval '${months} months'),
      now(), '1 month') month;`);
  // Building a trigram index once is far faster than maintaining it.
  const { rows } = await owner.query<{ definition: string }>(
    "SELECT pg_get_indexdef('audit_entries_reason_idx'::regclass) AS definition",
  );
  await owner.query("DROP INDEX audit_entries_reason_idx");
  await owner.query(
    `INSERT INTO audit_entries (id, org_id, action, occurred_at, actor_type, actor_id, actor_name, actor_email, actor_role,
       target_type, target_id, target_label, source, ip, user_agent, request_id, meta)
     SELECT uuidv7(at - clock_timestamp()), ($1::uuid[])[1 + n % cardinality($1::uuid[])],
       (ARRAY['run.cancelled', 'run.payload_revealed', 'delivery.redelivered', 'webhook.updated'])[1 + n % 4],
       at, 'user', md5('actor ' || n % 40)::uuid, 'Agent ' || n % 40, 'agent' || n % 40 || '@staff.example', 'support',
       (ARRAY['run', 'run', 'delivery', 'webhook'])[1 + n % 4], md5('target ' || n)::uuid, 'runflow/background-removal',
       'dashboard', '192.0.2.' || n % 200, 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36',
       'req_' || md5('request ' || n), jsonb_build_object('ticket', '#' || n / 3, 'status_before', 'running',
       'status_after', 'canceled', 'reason', 'Ticket #' || n / 3 || ': the customer says that ' || left(md5('words ' || n), 8)
         || CASE WHEN n % 2 = 0 THEN ' is a common matter' ELSE ' is another one' END
         || CASE WHEN n % 50 = 0 THEN ' and a frequent one' ELSE '' END
         || CASE WHEN n % 20000 = 0 THEN ' and a rare one' ELSE '' END
         || CASE WHEN n <= $2::int / 10 THEN ' and a bygone one' ELSE '' END)
     FROM (SELECT n, date_trunc('milliseconds', now() - ($2::int - n) * ($3::int * interval '30 days' / $2::int)) AS at
       FROM generate_series(1, $2::int) n) t`,
    [orgIds, count, months],
  );
  await owner.query(rows[0]!.definition.replace(" ON ONLY ", " ON "));
  await owner.query("VACUUM ANALYZE audit_entries");
}
