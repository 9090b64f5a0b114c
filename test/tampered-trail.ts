import { hash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { genesisText, hashedText, withoutHash } from "@/lib/audit/sealing/chain";
import type { Finding } from "@/lib/audit/verify/finding";
import type { Report } from "@/lib/audit/verify/report";
import { type Evidence, verifyDatabase } from "@/lib/audit/verify/verify-database";
import type { AuditEntry } from "@/lib/contract/audit";
import { cloneDatabase, type TestDatabase } from "./database";
import { seedFixture } from "./fixture";
import { growTrail, readTrail } from "./grow-trail";
import { publishKey, signCheckpoint } from "./sign-checkpoint";
import { makeTestSigner, type TestSigner } from "./test-signer";

/**
 * Twelve entries of three organizations in rotation, with checkpoints at 6 and 9, which leave the last three
 * uncovered.
 */
const COVERED = [6, 9];
export const LAST = 12;

export type Change = (sql: pg.PoolClient) => Promise<unknown>;

export type TamperedTrail = {
  database: TestDatabase;
  signer: TestSigner;
  /** The folder with copies of the checkpoints. */
  folder: string;
  /** Changes the trail as the owner would, with every trigger disabled. */
  tamper(change: Change): Promise<void>;
  verify(evidence?: Partial<Evidence>): Promise<Report>;
  /** The original entry at a position. */
  at(position: number): AuditEntry;
  /** The finding fields of the entry at a position. */
  placeOf(position: number): Pick<Finding, "position" | "org_id" | "sequence" | "entry_id">;
};

/** Gives each test a fresh trail with its checkpoints. */
export function useTamperedTrail(): () => TamperedTrail {
  let untouched: TestDatabase;
  let database: TestDatabase;
  let signer: TestSigner;
  let trail: AuditEntry[];
  let folder: string;

  beforeAll(async () => {
    untouched = await cloneDatabase();
    folder = await mkdtemp(path.join(tmpdir(), "runflow-tampering-"));
    signer = makeTestSigner();
    const fixtures = await Promise.all([1, 2, 3].map(() => seedFixture(untouched.owner)));
    await growTrail(untouched, fixtures, LAST);
    trail = await readTrail(untouched.owner);
    const notes = await signCheckpoints(untouched.owner, signer);
    await Promise.all(notes.map((note, index) => writeFile(path.join(folder, `${index + 1}.txt`), note)));
    await untouched.close();
  });
  afterAll(async () => {
    await untouched.drop();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => void (database = await cloneDatabase(untouched.name)));
  afterEach(async () => await database.drop());

  const at = (position: number) => trail[position - 1]!;
  return () => ({
    database,
    signer,
    folder,
    at,
    placeOf: (position) => ({
      position,
      org_id: at(position).org_id,
      sequence: at(position).chain!.sequence,
      entry_id: at(position).id,
    }),
    verify: (evidence = {}) =>
      verifyDatabase(database.appUrl, { keys: [], copies: [], archives: [], ...evidence }),
    tamper: async (change) => {
      const client = await database.owner.connect();
      try {
        await client.query("SET session_replication_role = replica");
        await change(client);
        await client.query("RESET session_replication_role");
      } finally {
        client.release();
      }
    },
  });
}

/** Signs the checkpoints of the current trail. */
export async function signCheckpoints(sql: pg.Pool | pg.PoolClient, by: TestSigner): Promise<string[]> {
  await publishKey(sql, by);
  const made: string[] = [];
  for (const position of COVERED) made.push(await signCheckpoint(sql, by, position));
  return made;
}

/** Recomputes every seal, as someone with the database and the documented format could. */
export async function resealAll(sql: pg.PoolClient): Promise<void> {
  const heads = new Map<string, string>();
  for (const entry of await readTrail(sql)) {
    const previous = heads.get(entry.org_id) ?? hash("sha256", genesisText(entry.org_id));
    const { sequence } = entry.chain!;
    const placed = withoutHash({ ...entry, chain: { sequence, previous_hash: previous, hash: "" } })!;
    const head = hash("sha256", hashedText(placed));
    heads.set(entry.org_id, head);
    await sql.query(
      "UPDATE audit_seals SET previous_hash = decode($2, 'hex'), hash = decode($3, 'hex') WHERE position = $1",
      [entry.position, previous, head],
    );
  }
}

const REASON = `jsonb_set(meta, '{reason}', '"another"')`;
export const editReason = (sql: pg.PoolClient, { id }: AuditEntry) =>
  sql.query(`UPDATE audit_entries SET meta = ${REASON} WHERE id = $1`, [id]);

export const removeEntry = (sql: pg.PoolClient, { id }: AuditEntry) =>
  sql.query("DELETE FROM audit_entries WHERE id = $1", [id]);

export async function removeWithSeal(sql: pg.PoolClient, entry: AuditEntry): Promise<void> {
  await removeEntry(sql, entry);
  await sql.query("DELETE FROM audit_seals WHERE position = $1", [entry.position]);
}

/** The first finding of each kind. */
export const firstOf = ({ findings }: Report): Record<string, Finding> =>
  Object.fromEntries(findings.map(({ kind, first }) => [kind, first]));
