import { runMigrations as migrateQueue } from "graphile-worker";
import type { ClientBase } from "pg";
import { SetupProblem } from "@/lib/platform/setup-problem";
import { openClient } from "./open-pool";
import { NO_FILTERS, withSchemaEngine, readMigrations } from "./schema-engine";

/** Arbitrary, but the same in every process that migrates. */
const MIGRATION_LOCK = 7_020_261_125;

/**
 * Migrates the database: our schema by Prisma's engine, the queue's by graphile-worker, then the roles'
 * privileges on the queue. One process at a time; the others wait and then find nothing to do.
 * @param databaseUrl the database, as its owner
 * @returns the names of the migrations applied now
 * @throws SetupProblem if the database's locale doesn't know the letters of every script
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const client = openClient({ url: databaseUrl, applicationName: "runflow-migrate", statementTimeoutMs: 0 });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await checkLetters(client);
    const migrationsList = await readMigrations();
    const { appliedMigrationNames } = await withSchemaEngine(databaseUrl, (engine) =>
      engine.applyMigrations({ migrationsList, filters: NO_FILTERS }),
    );
    await migrateQueue({ connectionString: databaseUrl });
    await client.query(GRANT_QUEUE);
    return appliedMigrationNames;
  } finally {
    await client.end();
  }
}

/**
 * pg_trgm asks LC_CTYPE which characters are letters; with C, a search in another alphabet would scan every
 * row.
 */
async function checkLetters(client: ClientBase): Promise<void> {
  await client.query("BEGIN");
  await client.query("CREATE EXTENSION IF NOT EXISTS pg_trgm");
  const { rows } = await client.query<{ ctype: string; database: string; knows: boolean }>(
    `SELECT datctype AS ctype, datname AS database, show_trgm('щщщ') <> '{}' AND show_trgm('滥用') <> '{}' AS knows
     FROM pg_database WHERE datname = current_database()`,
  );
  await client.query("ROLLBACK");
  const { ctype, database, knows } = rows[0]!;
  if (knows) return;
  throw new SetupProblem(
    `The database ${database} has the LC_CTYPE ${ctype}, which can't search text in other alphabets. Create ` +
      "another with CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LC_CTYPE 'C.UTF-8' (or another UTF-8 locale), " +
      "restore the data into it, and set its URL.",
  );
}

/**
 * The worker processes the queue; the web server only adds jobs, through one function that runs as the owner.
 * Row-level security without a policy hides the queue's tables even from a role with privileges, hence the
 * worker's policy. Sent as one list of statements, so it is one transaction. Keeps an existing policy,
 * because creating one locks a table that workers use.
 */
const GRANT_QUEUE = `
  REVOKE ALL ON ALL TABLES IN SCHEMA graphile_worker FROM console_app;
  REVOKE ALL ON ALL SEQUENCES IN SCHEMA graphile_worker FROM console_app;
  REVOKE ALL ON ALL FUNCTIONS IN SCHEMA graphile_worker FROM PUBLIC, console_app;
  GRANT USAGE ON SCHEMA graphile_worker TO console_app;
  ALTER FUNCTION graphile_worker.add_job SECURITY DEFINER SET search_path = pg_catalog, pg_temp;
  GRANT EXECUTE ON FUNCTION graphile_worker.add_job TO console_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graphile_worker TO console_worker;
  REVOKE INSERT, UPDATE, DELETE ON graphile_worker.migrations FROM console_worker;
  GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA graphile_worker TO console_worker;
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker TO console_worker;
  DO $$
  DECLARE
    protected_table regclass;
  BEGIN
    FOR protected_table IN SELECT polrelid FROM pg_policy WHERE polname = 'console_app' LOOP
      EXECUTE format('DROP POLICY console_app ON %s', protected_table);
    END LOOP;
    FOR protected_table IN
      SELECT oid FROM pg_class
      WHERE relnamespace = 'graphile_worker'::regnamespace AND relrowsecurity
        AND NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid AND polname = 'console_worker')
    LOOP
      EXECUTE format('CREATE POLICY console_worker ON %s TO console_worker USING (true) WITH CHECK (true)', protected_table);
    END LOOP;
  END $$;
`;
