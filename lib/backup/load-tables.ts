import { createReadStream } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createZstdDecompress } from "node:zlib";
import type { ClientBase } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { SetupProblem } from "@/lib/platform/setup-problem";
import { findPartitions, findTables, listColumns, nameTable } from "./find-contents";
import type { Manifest, Partition, TableBackup } from "./manifest";
import { withoutRules } from "./without-rules";

/**
 * Replaces all rows by the backup's, in one transaction. The rules that refuse history (append-only tables,
 * entries that need their change) are off inside it; every constraint holds at its end.
 * @throws SetupProblem if the tables aren't the backup's
 */
export async function loadTables(db: ClientBase, folder: string, manifest: Manifest): Promise<void> {
  await db.query(
    "BEGIN; SET LOCAL TIME ZONE 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL search_path = public",
  );
  await withoutRules(db, async () => {
    await replacePartitions(db, manifest.partitions);
    const tables = await findTables(db);
    refuseDifference(tables, manifest.tables);
    // The backup also has the rows that the migrations insert. The partitions are new, and guard themselves.
    const own = tables.filter(({ schema }) => !schema.endsWith("_months"));
    await db.query(`TRUNCATE ${own.map(nameTable).join(", ")}`);
    for (const table of manifest.tables) await loadTable(db, folder, table);
    for (const { schema, name, value, is_called } of manifest.sequences)
      await db.query("SELECT setval($1, $2, $3)", [`${schema}."${name}"`, value, is_called]);
    await db.query(FORGET_PROCESSES);
  });
  await db.query("COMMIT");
  await db.query("ANALYZE");
}

/** Locks of workers, and a transaction's number, mean nothing in another database. */
const FORGET_PROCESSES = `
  UPDATE graphile_worker._private_jobs SET locked_by = NULL, locked_at = NULL WHERE locked_at IS NOT NULL;
  UPDATE graphile_worker._private_job_queues SET locked_by = NULL, locked_at = NULL WHERE locked_at IS NOT NULL;
  UPDATE audit_unsealed SET written_in = DEFAULT;
  UPDATE leaderships SET expires_at = '-infinity';
  DELETE FROM worker_heartbeats`;

async function loadTable(db: ClientBase, folder: string, table: TableBackup): Promise<void> {
  const target = db.query(copyFrom(`COPY ${nameTable(table)} (${listColumns(table)}) FROM STDIN`));
  await pipeline(createReadStream(path.join(folder, table.file)), createZstdDecompress(), target);
  if (target.rowCount === table.rows) return;
  throw new SetupProblem(`${table.file} has ${target.rowCount} rows, and the manifest says ${table.rows}.`);
}

/** The migrations made months around today; the backup may have others. */
async function replacePartitions(db: ClientBase, partitions: Partition[]): Promise<void> {
  for (const { schema, name } of await findPartitions(db)) await db.query(`DROP TABLE ${schema}."${name}"`);
  for (const { parent, schema, name, bound } of partitions) {
    await db.query(`CREATE TABLE ${schema}."${name}" (LIKE public."${parent}" INCLUDING ALL)`);
    await db.query(GUARDS[parent]!(name));
    await db.query(`ALTER TABLE public."${parent}" ATTACH PARTITION ${schema}."${name}" ${bound}`);
  }
}

/** As the migrations' make_audit_month and make_security_month. */
const GUARDS: Record<string, (name: string) => string> = {
  audit_entries: (name) => `SELECT guard_audit_month('${name}')`,
  security_events: (
    name,
  ) => `CREATE TRIGGER security_events_whole BEFORE TRUNCATE ON security_months."${name}"
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
};

type Shape = Pick<TableBackup, "schema" | "name" | "columns">;

function refuseDifference(here: Shape[], there: Shape[]): void {
  const shape = (tables: Shape[]) =>
    tables.map(
      (table) => `${nameTable(table)} (${table.columns.map(({ name, type }) => `${name} ${type}`).join()})`,
    );
  const [ours, theirs] = [shape(here), shape(there)];
  const different =
    theirs.find((table) => !ours.includes(table)) ?? ours.find((table) => !theirs.includes(table));
  if (different) throw new SetupProblem(`The backup and the schema differ: ${different}`);
}
