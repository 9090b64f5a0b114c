import { runMigrations as migrateQueue } from "graphile-worker";
import pg from "pg";
import { NO_FILTERS, withSchemaEngine, readMigrations } from "./schema-engine";

/** Any constant will do, as long as every process that migrates uses the same one. */
const MIGRATION_LOCK = 7_020_261_125;

/**
 * Brings the database to the newest schema: ours by Prisma's engine, the queue's by graphile-worker, then the
 * application role's privileges on the queue. One process at a time; a second one waits, then finds nothing to do.
 * @param databaseUrl the database, as its owner
 * @returns the names of the migrations that were applied now
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
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

const GRANT_QUEUE = `
  GRANT USAGE ON SCHEMA graphile_worker TO console_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graphile_worker TO console_app;
  GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA graphile_worker TO console_app;
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker TO console_app;
`;
