import { runMigrations as migrateQueue } from "graphile-worker";
import type { ClientBase } from "pg";
import { migrate } from "@/lib/platform/db/migrate";
import { openClient } from "@/lib/platform/db/open-pool";
import { NO_FILTERS, readMigrations, withSchemaEngine } from "@/lib/platform/db/schema-engine";
import { SetupProblem } from "@/lib/platform/setup-problem";
import { readLevel } from "./find-contents";
import { loadTables } from "./load-tables";
import type { Manifest } from "./manifest";

type Options = {
  /** An empty database, as its owner. */
  databaseUrl: string;
  folder: string;
  /** From `checkBackup`. */
  manifest: Manifest;
};

/**
 * Restores a backup into an empty database: the schema at the backup's level, all rows in one transaction,
 * then the migrations since. A failure leaves a schema without rows.
 * @returns the migrations that came after the backup
 * @throws SetupProblem if the database isn't empty, or the backup is from a newer version
 */
export async function restoreBackup({ databaseUrl, folder, manifest }: Options): Promise<string[]> {
  const db = openClient({ url: databaseUrl, applicationName: "runflow-restore", statementTimeoutMs: 0 });
  await db.connect();
  try {
    await refuseContents(db);
    await migrateTo(databaseUrl, manifest);
    const { queue_migration: level } = await readLevel(db);
    if (level !== manifest.queue_migration)
      throw new SetupProblem(
        `The backup's queue has level ${manifest.queue_migration}, this version's ${level}. Restore with version ${manifest.version}, then update.`,
      );
    await loadTables(db, folder, manifest);
  } finally {
    await db.end();
  }
  return migrate(databaseUrl);
}

async function refuseContents(db: ClientBase): Promise<void> {
  const { rows } = await db.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^(pg_|information_schema$)'
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') LIMIT 1`,
  );
  if (rows[0])
    throw new SetupProblem(
      `The database isn't empty: it has ${rows[0].name}. Create another with CREATE DATABASE, and restore into that.`,
    );
}

async function migrateTo(databaseUrl: string, { migrations, version }: Manifest): Promise<void> {
  const all = await readMigrations();
  const known = all.migrationDirectories.map(({ path }) => path);
  const unknown = migrations.find((name, at) => known[at] !== name);
  if (unknown)
    throw new SetupProblem(
      `The backup is from version ${version}, whose migration ${unknown} this version doesn't have. Restore with that version.`,
    );
  const migrationDirectories = all.migrationDirectories.slice(0, migrations.length);
  await withSchemaEngine(databaseUrl, (engine) =>
    engine.applyMigrations({ migrationsList: { ...all, migrationDirectories }, filters: NO_FILTERS }),
  );
  await migrateQueue({ connectionString: databaseUrl });
}
