import type { ClientBase } from "pg";

const TABLES = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  AND n.nspname IN ('public', 'audit_months', 'security_months', 'graphile_worker')`;

/**
 * Runs `work` without triggers, foreign keys and constraints that were never validated, and puts all of
 * them back as they were. Foreign keys are validated then. Needs only ownership; `session_replication_role`
 * would need a superuser.
 */
export async function withoutRules(db: ClientBase, work: () => Promise<void>): Promise<void> {
  const { rows: constraints } = await db.query<{ drop: string; add: string }>(CONSTRAINTS);
  const { rows: triggers } = await db.query<{ disable: string; enable: string }>(TRIGGERS);
  for (const { drop } of constraints) await db.query(drop);
  for (const { disable } of triggers) await db.query(disable);
  await work();
  for (const { enable } of triggers) await db.query(enable);
  for (const { add } of constraints) await db.query(add);
}

const CONSTRAINTS = `
  SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname) AS drop,
    format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) AS add
  FROM pg_constraint k JOIN ${TABLES} ON c.oid = k.conrelid
  WHERE (k.contype = 'f' OR NOT k.convalidated) AND k.conparentid = 0 AND NOT c.relispartition`;

/** `work` replaces the partitions, with their own triggers. */
const TRIGGERS = `
  SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', t.tgrelid::regclass, t.tgname) AS disable,
    format('ALTER TABLE %s ENABLE %s TRIGGER %I', t.tgrelid::regclass,
      CASE t.tgenabled WHEN 'A' THEN 'ALWAYS' WHEN 'R' THEN 'REPLICA' ELSE '' END, t.tgname) AS enable
  FROM pg_trigger t JOIN ${TABLES} ON c.oid = t.tgrelid
  WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgparentid = 0 AND NOT c.relispartition`;
