import { hash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { hashedText, withoutHash } from "@/lib/audit/sealing/chain";
import { readTrail } from "@/test/grow-trail";
import {
  type Change,
  editReason,
  firstOf,
  LAST,
  removeEntry,
  removeWithSeal,
  type TamperedTrail,
  useTamperedTrail,
} from "@/test/tampered-trail";
import type { Finding } from "./finding";

const trail = useTamperedTrail();

const OTHER_ID = "01a2105b-b058-7603-bcd5-4e7603b8ed86";
const COPY_ENTRY = `INSERT INTO audit_entries SELECT (jsonb_populate_record(e, '{"id": "${OTHER_ID}"}')).*
  FROM audit_entries e WHERE id = $1`;

test("untouched trail: verified, with a report of everything checked", async () => {
  const { verify, signer, folder } = trail();
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
      covered_position: 9,
      keys: { source: "database", ids: [{ id: signer.verifierKey.split("+")[1], checkpoints: 2 }] },
    },
  });
  expect(await verify({ keys: [signer.verifierKey], copies: [folder] })).toMatchObject({
    holds: true,
    findings: [],
    checked: { copies: 2, keys: { source: "command" } },
  });
});

test("empty trail: verified", async () => {
  const { tamper, verify } = trail();
  await tamper((sql) =>
    sql.query("DELETE FROM audit_entries; DELETE FROM audit_seals; DELETE FROM audit_checkpoints"),
  );
  expect(await verify()).toMatchObject({ holds: true, checked: { entries: 0, first_position: null } });
});

type Found = Record<string, Finding>;

describe("tampering with entries, found with its place:", () => {
  test.each<[string, (trail: TamperedTrail) => Change, (found: Found, trail: TamperedTrail) => void]>([
    [
      "an edited reason",
      ({ at }) =>
        (sql) =>
          editReason(sql, at(5)),
      (found, { placeOf }) => expect(found).toEqual({ edited: expect.objectContaining(placeOf(5)) }),
    ],
    [
      "a changed actor",
      ({ at }) =>
        (sql) =>
          sql.query("UPDATE audit_entries SET actor_name = 'Somebody' WHERE id = $1", [at(11).id]),
      (found, { placeOf }) => expect(found).toEqual({ edited: expect.objectContaining(placeOf(11)) }),
    ],
    [
      "a service key with another owner",
      ({ at }) =>
        (sql) =>
          sql.query("UPDATE audit_entries SET actor_owner_name = 'Somebody' WHERE id = $1", [at(4).id]),
      (found, { placeOf }) => expect(found).toEqual({ edited: expect.objectContaining(placeOf(4)) }),
    ],
    [
      "a service key without its owner",
      ({ at }) =>
        (sql) =>
          sql.query(
            `UPDATE audit_entries SET actor_owner_id = NULL, actor_owner_name = NULL, actor_owner_role = NULL
             WHERE id = $1`,
            [at(8).id],
          ),
      (found, { placeOf }) => expect(found).toEqual({ edited: expect.objectContaining(placeOf(8)) }),
    ],
    [
      "a changed time",
      ({ at }) =>
        (sql) =>
          sql.query("UPDATE audit_entries SET occurred_at = occurred_at + interval '1 ms' WHERE id = $1", [
            at(4).id,
          ]),
      (found, { placeOf }) => expect(found).toEqual({ edited: expect.objectContaining(placeOf(4)) }),
    ],
    [
      "a time moved to another month",
      ({ at }) =>
        (sql) =>
          sql.query("UPDATE audit_entries SET occurred_at = occurred_at + interval '1 month' WHERE id = $1", [
            at(4).id,
          ]),
      (found, { placeOf }) => expect(found).toEqual({ edited: expect.objectContaining(placeOf(4)) }),
    ],
    [
      "a number changed to one with the same double",
      ({ at }) =>
        async (sql) => {
          await sql.query("ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_exact_numbers");
          await sql.query(
            `UPDATE audit_entries SET meta = jsonb_set(meta, '{share}', '0.300000000000000040001') WHERE id = $1`,
            [at(2).id],
          );
        },
      (found, { placeOf }) => expect(found).toEqual({ edited: expect.objectContaining(placeOf(2)) }),
    ],
    [
      "an entry moved to another organization",
      ({ at }) =>
        (sql) =>
          sql.query("UPDATE audit_entries SET org_id = $2 WHERE id = $1", [at(2).id, at(3).org_id]),
      (found, { placeOf }) => expect(found).toEqual({ edited: expect.objectContaining(placeOf(2)) }),
    ],
    [
      "an edited entry with a matching hash",
      ({ at }) =>
        async (sql) => {
          await editReason(sql, at(5));
          const changed = withoutHash((await readTrail(sql))[4]!)!;
          await sql.query("UPDATE audit_seals SET hash = decode($1, 'hex') WHERE position = 5", [
            hash("sha256", hashedText(changed)),
          ]);
        },
      (found, { placeOf }) =>
        expect(found).toEqual({
          broken_link: expect.objectContaining(placeOf(8)),
          rewritten: expect.objectContaining({ position: 6, checkpoint: 1 }),
        }),
    ],
    [
      "a deleted entry",
      ({ at }) =>
        (sql) =>
          removeEntry(sql, at(7)),
      (found, { placeOf }) => expect(found).toEqual({ missing_entry: expect.objectContaining(placeOf(7)) }),
    ],
    [
      "an entry deleted with its seal",
      ({ at }) =>
        (sql) =>
          removeWithSeal(sql, at(7)),
      (found) =>
        expect(found).toEqual({
          gap: expect.objectContaining({ position: 7 }),
          // It was its chain's head when the checkpoint was signed.
          rewritten: expect.objectContaining({ position: 9, checkpoint: 2 }),
        }),
    ],
    [
      "an entry deleted before sealing",
      ({ at }) =>
        async (sql) => {
          await sql.query(
            "INSERT INTO audit_unsealed (entry_id, occurred_at, target_id, action) VALUES ($1, now(), $1, 'run.cancelled')",
            [OTHER_ID],
          );
          await sql.query(COPY_ENTRY, [at(3).id]);
          await sql.query("DELETE FROM audit_entries WHERE id = $1", [OTHER_ID]);
        },
      (found) => expect(found).toEqual({ missing_entry: expect.objectContaining({ entry_id: OTHER_ID }) }),
    ],
    [
      "a deleted tail",
      ({ at }) =>
        async (sql) => {
          for (const position of [8, 9, 10, 11, 12]) await removeWithSeal(sql, at(position));
        },
      (found) =>
        expect(found).toEqual({ missing_tail: expect.objectContaining({ position: 8, checkpoint: 2 }) }),
    ],
    [
      "a month detached from the table",
      ({ at }) =>
        (sql) =>
          sql.query(
            `ALTER TABLE audit_entries DETACH PARTITION audit_months.audit_entries_${at(1).occurred_at.slice(0, 7).replace("-", "_")}`,
          ),
      (found, { placeOf }) => expect(found).toEqual({ missing_entry: expect.objectContaining(placeOf(1)) }),
    ],
    [
      "a month retired by hand, without its entry",
      ({ at }) =>
        async (sql) => {
          const month = at(1).occurred_at.slice(0, 7);
          await sql.query(
            `ALTER TABLE audit_entries DETACH PARTITION audit_months.audit_entries_${month.replace("-", "_")}`,
          );
          await sql.query(
            `INSERT INTO audit_retirements (month, first_position, last_position, entries, file_sha256, checkpoint, retired_at)
             VALUES ($1, 1, $2, $2, sha256(''), 2, now() + interval '1 month')`,
            [`${month}-01`, LAST],
          );
        },
      (found, { placeOf }) => expect(found).toEqual({ missing_entry: expect.objectContaining(placeOf(1)) }),
    ],
    [
      "two swapped entries",
      ({ at }) =>
        async (sql) => {
          const swap = "UPDATE audit_entries SET meta = $2 WHERE id = $1";
          await sql.query(swap, [at(2).id, at(8).meta]);
          await sql.query(swap, [at(8).id, at(2).meta]);
        },
      (found, { placeOf }) => expect(found).toEqual({ edited: expect.objectContaining(placeOf(2)) }),
    ],
    [
      "an inserted entry without a seal",
      ({ at }) =>
        (sql) =>
          sql.query(COPY_ENTRY, [at(3).id]),
      (found, { at }) =>
        expect(found).toEqual({
          inserted: expect.objectContaining({ entry_id: OTHER_ID, org_id: at(3).org_id }),
        }),
    ],
    [
      "a second entry with another's id, which waits forever for its seal",
      ({ at }) =>
        async (sql) => {
          await sql.query(
            `INSERT INTO audit_entries SELECT (jsonb_populate_record(e, jsonb_build_object(
               'occurred_at', e.occurred_at + interval '1 month'))).* FROM audit_entries e WHERE id = $1`,
            [at(3).id],
          );
          await sql.query(
            `INSERT INTO audit_unsealed (entry_id, occurred_at, target_id, action)
             SELECT id, max(occurred_at), $1, 'run.cancelled' FROM audit_entries WHERE id = $1 GROUP BY id`,
            [at(3).id],
          );
        },
      (found, { at }) => expect(found).toEqual({ inserted: expect.objectContaining({ entry_id: at(3).id }) }),
    ],
    [
      "an entry inserted in the middle, with its own seal",
      ({ at }) =>
        async (sql) => {
          await sql.query(COPY_ENTRY, [at(6).id]);
          await sql.query(`ALTER TABLE audit_seals DROP CONSTRAINT audit_seals_pkey;
            DROP INDEX audit_seals_org_id_sequence_key, audit_seals_org_id_previous_hash_key`);
          const forged = withoutHash({ ...at(6), id: OTHER_ID })!;
          await sql.query(
            `INSERT INTO audit_seals SELECT position, $1, entry_occurred_at, org_id, sequence, previous_hash,
               decode($2, 'hex'), sealed_at + interval '1 day' FROM audit_seals WHERE position = 6`,
            [forged.id, hash("sha256", hashedText(forged))],
          );
        },
      (found, { at }) =>
        expect(found).toMatchObject({
          fork: { position: 6, org_id: at(6).org_id, sequence: at(6).chain!.sequence },
        }),
    ],
  ])("%s", async (_name, change, expectFound) => {
    const { tamper, verify, signer } = trail();
    await tamper(change(trail()));
    const report = await verify({ keys: [signer.verifierKey] });
    expect(report.holds).toBe(false);
    expectFound(firstOf(report), trail());
  });
});

test("an entry unsealed for more than a minute: a warning", async () => {
  const { database, tamper, verify, at } = trail();
  const { rows } = await database.owner.query<{ id: string }>(
    `INSERT INTO audit_entries SELECT (jsonb_populate_record(e, jsonb_build_object('id', uuidv7(),
       'occurred_at', now() - interval '2 minutes'))).* FROM audit_entries e WHERE id = $1 RETURNING id`,
    [at(1).id],
  );
  const report = await verify();
  expect(report).toMatchObject({ holds: true, checked: { unsealed: 1 } });
  expect(firstOf(report)).toMatchObject({ unsealed: { entry_id: rows[0]!.id, org_id: at(1).org_id } });
  await tamper((sql) => sql.query("DELETE FROM audit_unsealed"));
  expect(firstOf(await verify())).toMatchObject({ inserted: { entry_id: rows[0]!.id } });
});
