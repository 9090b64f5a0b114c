import type { ClientBase } from "pg";
import type { Manifest, Partition, TableBackup } from "./manifest";

/** The migrations' own records, which a restore writes by migrating. */
const HISTORIES = "{public._prisma_migrations,graphile_worker.migrations}";
const SCHEMAS = "{public,audit_months,security_months,graphile_worker}";

export type Table = Pick<TableBackup, "schema" | "name" | "columns">;

/** Lists every table with data that must survive. Unlogged tables needn't. */
export async function findTables(db: ClientBase): Promise<Table[]> {
  const { rows } = await db.query<Table>(
    `SELECT n.nspname AS schema, c.relname AS name, (
       SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
       FROM pg_attribute a
       WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND n.nspname = ANY ($1)
       AND n.nspname || '.' || c.relname <> ALL ($2)
     ORDER BY 1, 2`,
    [SCHEMAS, HISTORIES],
  );
  return rows;
}

export async function findPartitions(db: ClientBase): Promise<Partition[]> {
  const { rows } = await db.query<Partition>(
    `SELECT p.relname AS parent, n.nspname AS schema, c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bound
     FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_class p ON p.oid = i.inhparent
     WHERE p.relkind = 'p' AND p.relnamespace = 'public'::regnamespace ORDER BY 1, 3`,
  );
  return rows;
}

/** Sequences are outside of snapshots: read them after the tables, so that none lags behind its rows. */
export async function findSequences(db: ClientBase): Promise<Manifest["sequences"]> {
  const { rows } = await db.query<Manifest["sequences"][number]>(
    `SELECT schemaname AS schema, sequencename AS name, coalesce(last_value, start_value)::text AS value,
       last_value IS NOT NULL AS is_called
     FROM pg_sequences WHERE schemaname = ANY ($1) ORDER BY 1, 2`,
    [SCHEMAS],
  );
  return rows;
}

type Level = Pick<Manifest, "migrations" | "queue_migration" | "postgres">;

export async function readLevel(db: ClientBase): Promise<Level> {
  const { rows } = await db.query<Level>(
    `SELECT (SELECT json_agg(migration_name ORDER BY migration_name) FROM _prisma_migrations
         WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL) AS migrations,
       (SELECT max(id)::int FROM graphile_worker.migrations) AS queue_migration,
       current_setting('server_version') AS postgres`,
  );
  return rows[0]!;
}

export async function readTrail(db: ClientBase): Promise<Manifest["trail"]> {
  const { rows } = await db.query<Manifest["trail"]>(
    `SELECT (SELECT max(position)::text FROM audit_seals) AS last_position,
       (SELECT count(*)::int FROM audit_unsealed) AS unsealed,
       (SELECT json_build_object('number', number::text, 'position', position::text, 'root', encode(root, 'base64'))
         FROM audit_checkpoints ORDER BY number DESC LIMIT 1) AS checkpoint,
       coalesce((SELECT json_agg(verifier_key ORDER BY first_used_at) FROM audit_keys), '[]') AS verifier_keys,
       coalesce((SELECT json_agg(to_char(month, 'YYYY-MM') ORDER BY month) FROM audit_retirements), '[]') AS retired_months`,
  );
  return rows[0]!;
}

export const nameTable = ({ schema, name }: Pick<Table, "schema" | "name">): string => `${schema}."${name}"`;

export const listColumns = ({ columns }: Pick<Table, "columns">): string =>
  columns.map(({ name }) => `"${name}"`).join(", ");
