import type pg from "pg";

/**
 * Every rule of a database in SQL: tables, constraints, indexes, triggers with their state, functions,
 * policies, privileges.
 * Without parentheses, which PostgreSQL writes differently once an expression was read again; and without the
 * state of a partition's checks, because a partition made today never had older rows.
 */
export async function describeSchema(sql: pg.Pool | pg.ClientBase): Promise<string[]> {
  const { rows } = await sql.query<{ rule: string }>(
    `WITH tables AS (
       SELECT c.* FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname IN ('public', 'audit_months', 'security_months', 'audit_retired', 'graphile_worker'))
     SELECT format('%s %s %s %s', oid::regclass, relkind, pg_get_expr(relpartbound, oid), relacl) AS rule FROM tables
     UNION ALL
     SELECT format('%s %s %s %s', t.oid::regclass, conname,
         replace(translate(pg_get_constraintdef(k.oid), '()', ''), ' NOT VALID', ''),
         CASE WHEN NOT relispartition THEN convalidated END)
     FROM pg_constraint k JOIN tables t ON t.oid = k.conrelid
     UNION ALL
     SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid IN (SELECT oid FROM tables)
     UNION ALL
     SELECT format('%s %s', pg_get_triggerdef(oid), tgenabled) FROM pg_trigger
     WHERE tgrelid IN (SELECT oid FROM tables) AND NOT tgisinternal
     UNION ALL
     SELECT format('%s %s %s', oid::regprocedure, md5(prosrc), proacl) FROM pg_proc
     WHERE pronamespace IN (SELECT relnamespace FROM tables)
     UNION ALL
     SELECT format('%s %s %s %s', polrelid::regclass, polname, polroles::regrole[], pg_get_expr(polqual, polrelid))
     FROM pg_policy
     UNION ALL
     SELECT format('%s %s %s %s %s', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, attacl)
     FROM pg_attribute WHERE attrelid IN (SELECT oid FROM tables) AND attnum > 0 AND NOT attisdropped
     ORDER BY 1`,
  );
  return rows.map(({ rule }) => rule);
}
