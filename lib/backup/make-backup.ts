import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createZstdCompress } from "node:zlib";
import type { ClientBase } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { openClient } from "@/lib/platform/db/open-pool";
import {
  findPartitions,
  findSequences,
  findTables,
  listColumns,
  nameTable,
  readLevel,
  readTrail,
  type Table,
} from "./find-contents";
import { FORMAT, type Manifest, MANIFEST_FILE, SECRETS, type TableBackup } from "./manifest";

type Options = {
  /** As the owner, who may read every table. */
  databaseUrl: string;
  /** The backup's folder, which must not exist. */
  folder: string;
  version: string;
  now: Date;
  onTable?(table: TableBackup): void;
};

/** One state of the whole database, without keeping writers waiting. */
const SNAPSHOT = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
  SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL TIME ZONE 'UTC'; SET LOCAL datestyle = 'ISO';
  SET LOCAL search_path = public`;

/**
 * Writes a backup: one compressed COPY file for each table, all of the same snapshot, and a manifest. Memory
 * stays flat. The folder has its name only once it is complete and on disk.
 */
export async function makeBackup({ databaseUrl, folder, version, now, onTable }: Options): Promise<Manifest> {
  const draft = `${folder}.partial`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  const db = openClient({ url: databaseUrl, applicationName: "runflow-backup", statementTimeoutMs: 0 });
  await db.connect();
  try {
    await db.query(SNAPSHOT);
    const tables: TableBackup[] = [];
    for (const table of await findTables(db)) {
      tables.push(await copyTable(db, table, draft));
      onTable?.(tables.at(-1)!);
    }
    const manifest: Manifest = {
      format: FORMAT,
      created_at: now.toISOString(),
      version,
      ...(await readLevel(db)),
      tables,
      partitions: await findPartitions(db),
      sequences: await findSequences(db),
      trail: await readTrail(db),
      secrets: SECRETS,
    };
    await writeFile(path.join(draft, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`, {
      flush: true,
    });
    await rename(draft, folder);
    await syncFolder(path.dirname(folder));
    return manifest;
  } finally {
    await db.end();
  }
}

async function copyTable(db: ClientBase, table: Table, folder: string): Promise<TableBackup> {
  const file = `${table.schema}.${table.name}.copy.zst`;
  const source = db.query(copyTo(`COPY ${nameTable(table)} (${listColumns(table)}) TO STDOUT`));
  const hash = createHash("sha256");
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.byteLength;
      done(null, chunk);
    },
  });
  const target = createWriteStream(path.join(folder, file), { mode: 0o600, flush: true });
  await pipeline(source, createZstdCompress(), measure, target);
  return { ...table, rows: source.rowCount, file, bytes, sha256: hash.digest("hex") };
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}
