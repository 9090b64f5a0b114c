import { randomUUID } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { zstdDecompressSync } from "node:zlib";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { seed } from "@/demo/seed";
import { verifyDatabase } from "@/lib/audit/verify/verify-database";
import { writeEntry } from "@/lib/audit/trail/write-entry";
import { reconcile } from "@/lib/billing/reconcile";
import { createClient } from "@/lib/platform/db/client";
import { useDatabase } from "@/test/database";
import { describeSchema } from "@/test/describe-schema";
import { seedFixture, TEST_CONTEXT } from "@/test/fixture";
import { growTrail, sealAll } from "@/test/grow-trail";
import { databaseUrl, onServer, testServer } from "@/test/postgres";
import { publishKey, signCheckpoint } from "@/test/sign-checkpoint";
import { makeTestSigner } from "@/test/test-signer";
import { checkBackup } from "./check-backup";
import { makeBackup } from "./make-backup";
import { type Manifest, MANIFEST_FILE } from "./manifest";
import { restoreBackup } from "./restore-backup";

const database = useDatabase();
let scratch: string;
let folder: string;
let manifest: Manifest;
const names: string[] = [];

beforeAll(async () => {
  const { owner, db, ownerUrl } = database();
  // Months that a restore's own migrations wouldn't make.
  await owner.query(`DROP TABLE audit_months.audit_entries_past;
    SELECT make_audit_month(now() - n * interval '1 month') FROM generate_series(1, 20) n`);
  await seed({ databaseUrl: ownerUrl, runs: 400 });
  const fixture = await seedFixture(owner);
  await growTrail(database(), [fixture], 5);
  const signer = makeTestSigner();
  await publishKey(owner, signer);
  await signCheckpoint(owner, signer);
  await writeEntry(db, {
    caller: fixture.support,
    context: TEST_CONTEXT,
    orgId: fixture.orgId,
    action: "webhook.tested",
    target: { type: "webhook", id: randomUUID(), label: "unsealed" },
    meta: { reason: "not sealed at the time of the backup" },
  });
  await owner.query(`SELECT graphile_worker.add_job('attempt_delivery', '{"n": 1}', queue_name => 'q', run_at => now() + interval '1 d');
    UPDATE graphile_worker._private_jobs SET locked_by = 'gone', locked_at = now() WHERE id = (
      SELECT max(id) FROM graphile_worker._private_jobs)`);
  scratch = await mkdtemp(path.join(tmpdir(), "runflow-backup-"));
  folder = path.join(scratch, "backup");
  manifest = await makeBackup({ databaseUrl: ownerUrl, folder, version: "1.2.3", now: new Date() });
});
afterAll(() => rm(scratch, { recursive: true, force: true }));
afterEach(async () => {
  for (const name of names.splice(0))
    await onServer(database().ownerUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
});

async function makeTarget(): Promise<{ url: string; name: string }> {
  const name = `${database().name}_${randomUUID().slice(0, 8)}`;
  names.push(name);
  await onServer(database().ownerUrl, `CREATE DATABASE ${name}`);
  return { url: databaseUrl(testServer(), name), name };
}

async function inDatabase<T>(url: string, work: (sql: pg.Pool) => Promise<T>): Promise<T> {
  const sql = new pg.Pool({ connectionString: url }).on("error", () => {});
  return work(sql).finally(() => sql.end());
}

/** A copy of the backup to damage. */
async function copyBackup(): Promise<string> {
  const copy = path.join(scratch, randomUUID());
  await cp(folder, copy, { recursive: true });
  return copy;
}

/** Rows that a restore changes: workers' locks, leases and heartbeats, and transaction numbers. */
const CHANGED = [
  "_private_jobs",
  "_private_job_queues",
  "leaderships",
  "worker_heartbeats",
  "audit_unsealed",
];
/** Every row, sorted: tables keep no order. */
async function readRows(folder: string, { tables }: Manifest): Promise<Record<string, string[]>> {
  const kept = tables.filter(({ name }) => !CHANGED.includes(name));
  const read = kept.map(async ({ name, file }) => {
    const text = zstdDecompressSync(await readFile(path.join(folder, file))).toString();
    return [name, text.split("\n").toSorted()] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

test("restore: every row, sequence and rule as before; trail and ledger hold", async () => {
  expect(manifest.tables.filter(({ rows }) => rows > 0).length).toBeGreaterThan(20);
  const { url } = await makeTarget();
  expect(await restoreBackup({ databaseUrl: url, folder, manifest: await checkBackup(folder) })).toEqual([]);

  const again = path.join(scratch, "again");
  const copied = await makeBackup({ databaseUrl: url, folder: again, version: "1.2.3", now: new Date() });
  expect(await readRows(again, copied)).toEqual(await readRows(folder, manifest));
  expect(copied.sequences).toEqual(manifest.sequences);
  expect(copied.partitions).toEqual(manifest.partitions);
  expect(copied.trail).toEqual(manifest.trail);
  await inDatabase(url, async (sql) => {
    const before = await describeSchema(database().owner);
    expect(await describeSchema(sql)).toEqual(before);
    // Control: the comparison sees a guard that is off.
    await sql.query("ALTER TABLE audit_seals DISABLE TRIGGER audit_seals_append_only");
    expect(await describeSchema(sql)).not.toEqual(before);
  });
  expect((await verifyDatabase(url, { keys: [], copies: [], archives: [] })).holds).toBe(true);
  const db = createClient({ url, poolSize: 1 });
  expect(await reconcile(db).finally(() => db.$disconnect())).toEqual([]);
});

test("restored database: work continues, with jobs unlocked and the waiting entry sealed", async () => {
  const { url, name } = await makeTarget();
  await restoreBackup({ databaseUrl: url, folder, manifest });
  const { workerRole: user, password } = testServer();
  await inDatabase(databaseUrl(testServer(), name, { user, password }), sealAll);
  await inDatabase(url, async (sql) => {
    expect((await sql.query("SELECT FROM audit_unsealed")).rowCount).toBe(0);
    expect((await sql.query("SELECT FROM graphile_worker.jobs WHERE locked_at IS NOT NULL")).rowCount).toBe(
      0,
    );
    expect((await sql.query("SELECT FROM graphile_worker.jobs WHERE queue_name = 'q'")).rowCount).toBe(1);
    await expect(sql.query("UPDATE audit_entries SET meta = '{}'")).rejects.toThrow(/append-only/);
  });
  const report = await verifyDatabase(url, { keys: [], copies: [], archives: [] });
  expect(report).toMatchObject({ holds: true, checked: { unsealed: 0 } });
});

test("backup without its manifest, with a damaged, short or missing file: refused before anything is written", async () => {
  expect((await checkBackup(folder)).tables).toEqual(manifest.tables);
  const runs = path.join("public.runs.copy.zst");
  const cases: [damage: (copy: string) => Promise<void>, problem: RegExp][] = [
    [(copy) => rm(path.join(copy, MANIFEST_FILE)), /has no manifest\.json/],
    [(copy) => writeFile(path.join(copy, MANIFEST_FILE), "{"), /its manifest\.json can't be read/],
    [(copy) => rm(path.join(copy, runs)), /incomplete: public\.runs\.copy\.zst is missing/],
    [(copy) => truncate(path.join(copy, runs), 10), /damaged: public\.runs\.copy\.zst/],
    [
      async (copy) => {
        const bytes = await readFile(path.join(copy, runs));
        bytes[bytes.length >> 1]! ^= 1;
        await writeFile(path.join(copy, runs), bytes);
      },
      /damaged: public\.runs\.copy\.zst/,
    ],
  ];
  for (const [damage, problem] of cases) {
    const copy = await copyBackup();
    await damage(copy);
    await expect(checkBackup(copy)).rejects.toMatchObject({ name: "SetupProblem", message: problem });
  }
});

test("backup of a newer format or schema: refused, with what to do", async () => {
  const copy = await copyBackup();
  await writeFile(path.join(copy, MANIFEST_FILE), JSON.stringify({ ...manifest, format: 2 }));
  await expect(checkBackup(copy)).rejects.toThrow(
    "The backup has format 2; this version reads format 1. Update first.",
  );

  const { url: databaseUrl } = await makeTarget();
  const newer = {
    ...manifest,
    version: "9.0.0",
    migrations: [...manifest.migrations, "29990101000000_future"],
  };
  await expect(restoreBackup({ databaseUrl, folder, manifest: newer })).rejects.toThrow(
    "The backup is from version 9.0.0, whose migration 29990101000000_future this version doesn't have.",
  );
});

test("database that isn't empty: refused, unchanged", async () => {
  const { url } = await makeTarget();
  await inDatabase(url, async (sql) => {
    await sql.query("CREATE TABLE notes (text text)");
    await expect(restoreBackup({ databaseUrl: url, folder, manifest })).rejects.toThrow(
      "The database isn't empty: it has notes.",
    );
    expect((await sql.query("SELECT FROM pg_tables WHERE schemaname = 'public'")).rowCount).toBe(1);
  });
});

test("restore that fails amid the rows: leaves none, and every rule in force", async () => {
  const { url } = await makeTarget();
  const tables = manifest.tables.map((table) => (table.name === "webhooks" ? { ...table, rows: 7 } : table));
  await expect(
    restoreBackup({ databaseUrl: url, folder, manifest: { ...manifest, tables } }),
  ).rejects.toThrow(/^public\.webhooks\.copy\.zst has \d+ rows, and the manifest says 7\.$/);
  await inDatabase(url, async (sql) => {
    expect((await sql.query("SELECT FROM runs")).rowCount).toBe(0);
    await expect(sql.query("TRUNCATE audit_seals")).rejects.toThrow(/append-only/);
  });
});

test("backup: no trace of an interrupted one under its name", async () => {
  const to = path.join(scratch, "interrupted");
  const url = new URL(database().ownerUrl);
  url.pathname = "/no_such_database";
  await expect(
    makeBackup({ databaseUrl: url.href, folder: to, version: "1.2.3", now: new Date() }),
  ).rejects.toThrow(/no_such_database/);
  expect(await readdir(scratch)).not.toContain("interrupted");
});
