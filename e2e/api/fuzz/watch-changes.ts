import type { Pool } from "pg";

/** Refusals are recorded and counted here, and processes send their heartbeats. */
const BESIDES = ["security_events", "rate_limits", "processes", "fuzz_changes"];

/**
 * Makes the database note every changed row of every table, in the change's transaction, so that one small
 * query tells whether a request changed anything.
 * @returns a function for the tables that changed since its last call
 */
export async function watchChanges(sql: Pool): Promise<() => Promise<string[]>> {
  await sql.query(`
    CREATE TABLE fuzz_changes (id bigserial PRIMARY KEY, name text NOT NULL);
    CREATE FUNCTION fuzz_note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
      IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - '{last_used_at,last_used_ip}'::text[]
        = to_jsonb(NEW) - '{last_used_at,last_used_ip}'::text[] THEN RETURN NULL; END IF;
      INSERT INTO public.fuzz_changes (name) VALUES (TG_OP || ' ' || TG_TABLE_NAME);
      RETURN NULL; END $$`);
  const { rows } = await sql.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname IN ('public', 'graphile_worker') AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND c.relname <> ALL ($1)`,
    [BESIDES],
  );
  for (const { name } of rows)
    await sql.query(
      `CREATE TRIGGER fuzz_note AFTER INSERT OR UPDATE OR DELETE ON ${name} FOR EACH ROW EXECUTE FUNCTION fuzz_note()`,
    );
  let last = "0";
  return async () => {
    const { rows: changes } = await sql.query<{ id: string; name: string }>(
      "SELECT id, name FROM fuzz_changes WHERE id > $1 ORDER BY id",
      [last],
    );
    last = changes.at(-1)?.id ?? last;
    return [...new Set(changes.map(({ name }) => name))];
  };
}
