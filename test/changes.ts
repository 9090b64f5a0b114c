import type { Pool } from "pg";

export type Row = Record<string, unknown>;
type Table = Map<string, Row>;

/** Rows added to and removed from each table that differs; a changed row is in both. */
export type Changes = Record<string, { added: Row[]; removed: Row[] }>;

/** Our tables and the queue's, without rate limits and heartbeats; a partitioned table counts as one. */
const TABLES = `
  SELECT format('%I.%I', n.nspname, c.relname) AS name, c.relname AS label
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname IN ('public', 'graphile_worker') AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND c.relname NOT IN ('_prisma_migrations', 'migrations', 'rate_limits', 'processes')`;

/** Updated once a minute, some time after the response: not an effect of the request. */
const BESIDES = ["last_used_at", "last_used_ip"];

/** Reads every row of the database, so that no change goes unnoticed. */
async function readEverything(sql: Pool): Promise<Map<string, Table>> {
  const { rows: tables } = await sql.query<{ name: string; label: string }>(TABLES);
  const parts = tables.map(
    ({ name, label }) => `SELECT '${label}' AS label, to_jsonb(t) AS row FROM ${name} t`,
  );
  const { rows } = await sql.query<{ label: string; row: Row }>(parts.join(" UNION ALL "));
  const everything = new Map<string, Table>(tables.map(({ label }) => [label, new Map()]));
  for (const { label, row } of rows) {
    for (const name of BESIDES) delete row[name];
    everything.get(label)!.set(JSON.stringify(row), row);
  }
  return everything;
}

/** Runs `act`, and compares the whole database before and after. */
export async function observe<T>(sql: Pool, act: () => Promise<T>): Promise<{ result: T; changes: Changes }> {
  const before = await readEverything(sql);
  const result = await act();
  const after = await readEverything(sql);
  const changes: Changes = {};
  for (const [label, rows] of after) {
    const former = before.get(label)!;
    const added = [...rows].filter(([key]) => !former.has(key)).map(([, row]) => row);
    const removed = [...former].filter(([key]) => !rows.has(key)).map(([, row]) => row);
    if (added.length + removed.length > 0) changes[label] = { added, removed };
  }
  return { result, changes };
}
