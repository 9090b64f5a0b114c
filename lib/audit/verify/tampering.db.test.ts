import { hash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AuditEntry } from "@/lib/contract/audit";
import { growTrail, readTrail } from "@/lib/testing/grow-trail";
import { makeNotary, type Notary } from "@/lib/testing/notary";
import { cloneDatabase, type TestDatabase } from "@/lib/testing/database";
import { makeScene } from "@/lib/testing/scene";
import { publishKey, vouch } from "@/lib/testing/vouch";
import { genesisText, hashedText, withoutHash } from "../chain";
import type { Finding } from "./finding";
import type { Report } from "./report";
import { type Evidence, verifyDatabase } from "./verify-database";

/** Twelve entries of three organizations in turns; checkpoints at 6 and 9, so that nothing vouches for the last three. */
const VOUCHED = [6, 9];
const LAST = 12;

let untouched: TestDatabase;
let database: TestDatabase;
let notary: Notary;
let trail: AuditEntry[];
let folder: string;

beforeAll(async () => {
  untouched = await cloneDatabase();
  folder = await mkdtemp(path.join(tmpdir(), "runflow-tampering-"));
  notary = makeNotary();
  const scenes = await Promise.all([1, 2, 3].map(() => makeScene(untouched.owner)));
  await growTrail(untouched, scenes, LAST);
  trail = await readTrail(untouched.owner);
  const notes = await vouchForAll(untouched.owner, notary);
  await Promise.all(notes.map((note, index) => writeFile(path.join(folder, `${index + 1}.txt`), note)));
  await untouched.close();
});

afterAll(async () => {
  await untouched.drop();
  await rm(folder, { recursive: true });
});

beforeEach(async () => void (database = await cloneDatabase(untouched.name)));
afterEach(async () => await database.drop());

/** Behind the application's back: as the owner, with every trigger asleep. */
async function tamper(change: (sql: pg.PoolClient) => Promise<unknown>): Promise<void> {
  const client = await database.owner.connect();
  try {
    await client.query("SET session_replication_role = replica");
    await change(client);
    await client.query("RESET session_replication_role");
  } finally {
    client.release();
  }
}

/** Makes the checkpoints about the trail as it now is. */
async function vouchForAll(sql: pg.Pool | pg.PoolClient, by: Notary): Promise<string[]> {
  await publishKey(sql, by);
  const made: string[] = [];
  for (const position of VOUCHED) made.push(await vouch(sql, by, position));
  return made;
}

/** Makes all seals anew, as whoever holds the database and knows the format would. */
async function sealAnew(sql: pg.PoolClient): Promise<void> {
  const heads = new Map<string, string>();
  for (const entry of await readTrail(database.owner)) {
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

const verify = (evidence: Partial<Evidence> = {}): Promise<Report> =>
  verifyDatabase(database.appUrl, { keys: [], copies: [], archives: [], ...evidence });
/** Of each kind the first, by kind. */
const firstOf = ({ findings }: Report): Record<string, Finding> =>
  Object.fromEntries(findings.map(({ kind, first }) => [kind, first]));
const at = (position: number): AuditEntry => trail[position - 1]!;
/** Where the entry at a position has its place. */
const placeOf = (position: number) => ({
  position,
  org_id: at(position).org_id,
  sequence: at(position).chain!.sequence,
  entry_id: at(position).id,
});

const REASON = `jsonb_set(meta, '{reason}', '"another"')`;
const editReason = (position: number) => (sql: pg.PoolClient) =>
  sql.query(`UPDATE audit_entries SET meta = ${REASON} WHERE id = $1`, [at(position).id]);
const removeEntry = (position: number) => (sql: pg.PoolClient) =>
  sql.query("DELETE FROM audit_entries WHERE id = $1", [at(position).id]);
async function removeWithSeal(sql: pg.PoolClient, position: number): Promise<void> {
  await removeEntry(position)(sql);
  await sql.query("DELETE FROM audit_seals WHERE position = $1", [position]);
}
const COPY_ENTRY = `INSERT INTO audit_entries SELECT (jsonb_populate_record(e, '{"id": "01a2105b-b058-7603-bcd5-4e7603b8ed86"}')).*
  FROM audit_entries e WHERE id = $1`;

test("an untouched trail holds, and the report says exactly what was checked", async () => {
  const report = await verify();
  expect(report.findings).toEqual([]);
  expect(report).toMatchObject({
    holds: true,
    checked: {
      entries: LAST,
      links: LAST,
      first_position: 1,
      last_position: LAST,
      orgs: 3,
      retired: 0,
      unsealed: 0,
      checkpoints: 2,
      copies: 0,
      vouched_position: 9,
      keys: { source: "database", ids: [{ id: notary.verifierKey.split("+")[1], checkpoints: 2 }] },
    },
  });
  const evidence = { keys: [notary.verifierKey], copies: [folder] };
  expect(await verify(evidence)).toMatchObject({
    holds: true,
    findings: [],
    checked: { copies: 2, keys: { source: "command" } },
  });
});

test("an empty trail holds", async () => {
  await tamper((sql) =>
    sql.query("DELETE FROM audit_entries; DELETE FROM audit_seals; DELETE FROM audit_checkpoints"),
  );
  expect(await verify()).toMatchObject({ holds: true, checked: { entries: 0, first_position: null } });
});

type Change = (sql: pg.PoolClient) => Promise<unknown>;

describe("what somebody did behind the application's back is named with its place:", () => {
  test.each<[string, Change, (found: Record<string, Finding>) => void]>([
    [
      "a reason that was edited",
      editReason(5),
      (found) => expect(found).toEqual({ edited: expect.objectContaining(placeOf(5)) }),
    ],
    [
      "an actor that was changed",
      (sql) => sql.query("UPDATE audit_entries SET actor_name = 'Somebody' WHERE id = $1", [at(11).id]),
      (found) => expect(found).toEqual({ edited: expect.objectContaining(placeOf(11)) }),
    ],
    [
      "a time that was changed",
      (sql) =>
        sql.query("UPDATE audit_entries SET occurred_at = occurred_at + interval '1 ms' WHERE id = $1", [
          at(4).id,
        ]),
      (found) => expect(found).toEqual({ edited: expect.objectContaining(placeOf(4)) }),
    ],
    [
      "a time that was changed to one of another month",
      (sql) =>
        sql.query("UPDATE audit_entries SET occurred_at = occurred_at + interval '1 month' WHERE id = $1", [
          at(4).id,
        ]),
      (found) => expect(found).toEqual({ edited: expect.objectContaining(placeOf(4)) }),
    ],
    [
      "a number that was changed to one with the same double",
      async (sql) => {
        await sql.query("ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_exact_numbers");
        await sql.query(
          `UPDATE audit_entries SET meta = jsonb_set(meta, '{share}', '0.300000000000000040001') WHERE id = $1`,
          [at(2).id],
        );
      },
      (found) => expect(found).toEqual({ edited: expect.objectContaining(placeOf(2)) }),
    ],
    [
      "an entry that was given to another organization",
      (sql) => sql.query("UPDATE audit_entries SET org_id = $2 WHERE id = $1", [at(2).id, at(3).org_id]),
      (found) => expect(found).toEqual({ edited: expect.objectContaining(placeOf(2)) }),
    ],
    [
      "an entry that was edited, and its hash with it",
      async (sql) => {
        await editReason(5)(sql);
        const changed = withoutHash((await readTrail(database.owner))[4]!)!;
        await sql.query("UPDATE audit_seals SET hash = decode($1, 'hex') WHERE position = 5", [
          hash("sha256", hashedText(changed)),
        ]);
      },
      (found) =>
        expect(found).toEqual({
          broken_link: expect.objectContaining(placeOf(8)),
          rewritten: expect.objectContaining({ position: 6, checkpoint: 1 }),
        }),
    ],
    [
      "an entry that was deleted",
      removeEntry(7),
      (found) => expect(found).toEqual({ missing_entry: expect.objectContaining(placeOf(7)) }),
    ],
    [
      "an entry that was deleted with its seal",
      (sql) => removeWithSeal(sql, 7),
      (found) =>
        expect(found).toEqual({
          gap: expect.objectContaining({ position: 7 }),
          // It was its chain's head when the checkpoint was made.
          rewritten: expect.objectContaining({ position: 9, checkpoint: 2 }),
        }),
    ],
    [
      "a seal that was deleted",
      (sql) => sql.query("DELETE FROM audit_seals WHERE position = 12"),
      (found) => expect(found).toEqual({ inserted: expect.objectContaining({ entry_id: at(12).id }) }),
    ],
    [
      "a tail that was deleted",
      async (sql) => {
        for (const position of [8, 9, 10, 11, 12]) await removeWithSeal(sql, position);
      },
      (found) =>
        expect(found).toEqual({ missing_tail: expect.objectContaining({ position: 8, checkpoint: 2 }) }),
    ],
    [
      "two entries that were swapped",
      async (sql) => {
        const swap = "UPDATE audit_entries SET meta = $2 WHERE id = $1";
        await sql.query(swap, [at(2).id, at(8).meta]);
        await sql.query(swap, [at(8).id, at(2).meta]);
      },
      (found) => expect(found).toEqual({ edited: expect.objectContaining(placeOf(2)) }),
    ],
    [
      "two seals that were swapped",
      (sql) =>
        sql
          .query("UPDATE audit_seals SET position = -position WHERE position IN (4, 7)")
          .then(() =>
            sql.query(
              "UPDATE audit_seals SET position = CASE position WHEN -4 THEN 7 ELSE 4 END WHERE position < 0",
            ),
          ),
      (found) =>
        expect(found).toMatchObject({
          edited: { position: 4, entry_id: at(7).id },
          gap: { position: 4, entry_id: at(7).id },
          fork: { position: 7, entry_id: at(4).id },
        }),
    ],
    [
      "an entry that was inserted without a seal",
      (sql) => sql.query(COPY_ENTRY, [at(3).id]),
      (found) =>
        expect(found).toEqual({
          inserted: expect.objectContaining({
            entry_id: "01a2105b-b058-7603-bcd5-4e7603b8ed86",
            org_id: at(3).org_id,
          }),
        }),
    ],
    [
      "an entry that was inserted in the middle with a seal of its own",
      async (sql) => {
        await sql.query(COPY_ENTRY, [at(6).id]);
        await sql.query(`ALTER TABLE audit_seals DROP CONSTRAINT audit_seals_pkey;
          DROP INDEX audit_seals_org_id_sequence_key, audit_seals_org_id_previous_hash_key`);
        const forged = withoutHash({ ...at(6), id: "01a2105b-b058-7603-bcd5-4e7603b8ed86" })!;
        await sql.query(
          `INSERT INTO audit_seals SELECT position, $1, entry_occurred_at, org_id, sequence, previous_hash,
             decode($2, 'hex'), sealed_at + interval '1 day' FROM audit_seals WHERE position = 6`,
          [forged.id, hash("sha256", hashedText(forged))],
        );
      },
      (found) =>
        expect(found).toMatchObject({
          fork: { position: 6, org_id: at(6).org_id, sequence: at(6).chain!.sequence },
        }),
    ],
    [
      "a chain that was made anew, consistently",
      async (sql) => {
        await editReason(1)(sql);
        await sealAnew(sql);
      },
      (found) =>
        expect(found).toEqual({ rewritten: expect.objectContaining({ position: 6, checkpoint: 1 }) }),
    ],
    [
      "a checkpoint that was removed",
      (sql) => sql.query("DELETE FROM audit_checkpoints WHERE number = 1"),
      (found) => expect(found).toEqual({ checkpoint_chain: expect.objectContaining({ checkpoint: 1 }) }),
    ],
    [
      "a checkpoint that says something else",
      (sql) =>
        sql.query("UPDATE audit_checkpoints SET note = replace(note, 'orgs 3', 'orgs 2') WHERE number = 2"),
      (found) =>
        expect(found).toEqual({
          bad_signature: expect.objectContaining({ checkpoint: 2 }),
          rewritten: expect.objectContaining({ checkpoint: 2 }),
        }),
    ],
    [
      "a note that is none",
      async (sql) => {
        await sql.query("ALTER TABLE audit_checkpoints DROP CONSTRAINT audit_checkpoints_note");
        await sql.query("UPDATE audit_checkpoints SET note = replace(note, '— ', '- ') WHERE number = 2");
      },
      (found) => expect(found).toEqual({ checkpoint_chain: expect.objectContaining({ checkpoint: 2 }) }),
    ],
  ])("%s", async (_name, change, expectFound) => {
    await tamper(change);
    const report = await verify({ keys: [notary.verifierKey] });
    expect(report.holds).toBe(false);
    expectFound(firstOf(report));
  });
});

describe("what a checkpoint that was kept elsewhere is for:", () => {
  test("a tail that was deleted with its checkpoint", async () => {
    await tamper(async (sql) => {
      for (const position of [8, 9, 10, 11, 12]) await removeWithSeal(sql, position);
      await sql.query("DELETE FROM audit_checkpoints WHERE number = 2");
    });
    expect(await verify()).toMatchObject({ holds: true, checked: { last_position: 7, vouched_position: 6 } });
    const report = await verify({ copies: [folder] });
    expect(firstOf(report)).toMatchObject({
      missing_tail: { position: 8, checkpoint: 2 },
      checkpoint_chain: { checkpoint: 2 },
    });
  });

  test("everything made anew, checkpoints and key included", async () => {
    const forger = makeNotary();
    await tamper(async (sql) => {
      await editReason(1)(sql);
      await sealAnew(sql);
      await sql.query("DELETE FROM audit_checkpoints; DELETE FROM audit_keys");
      await vouchForAll(sql, forger);
    });
    const alone = await verify();
    expect(alone).toMatchObject({ holds: true, checked: { keys: { source: "database" } } });
    expect(firstOf(await verify({ keys: [notary.verifierKey] }))).toEqual({
      bad_signature: expect.objectContaining({ checkpoint: 1, position: 6 }),
    });
    expect(firstOf(await verify({ keys: [notary.verifierKey], copies: [folder] }))).toMatchObject({
      rewritten: { position: 6, checkpoint: 1 },
      checkpoint_chain: { checkpoint: 1 },
      bad_signature: { checkpoint: 1 },
    });
  });
});

test("an entry that waits for its seal for longer than a minute is a warning", async () => {
  await database.owner.query(
    "INSERT INTO audit_unsealed (entry_id, occurred_at) VALUES ($1, now() - interval '2 minutes')",
    [at(1).id],
  );
  const report = await verify();
  expect(report).toMatchObject({ holds: true, checked: { unsealed: 1 } });
  expect(firstOf(report)).toMatchObject({ unsealed: { entry_id: at(1).id } });
});
