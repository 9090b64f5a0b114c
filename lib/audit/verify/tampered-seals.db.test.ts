import { hash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { hashedText, withoutHash } from "@/lib/audit/sealing/chain";
import {
  type Change,
  editReason,
  firstOf,
  resealAll,
  type TamperedTrail,
  useTamperedTrail,
} from "@/test/tampered-trail";
import type { Finding } from "./finding";

const trail = useTamperedTrail();

type Found = Record<string, Finding>;

describe("tampering with seals, found with its place:", () => {
  test.each<[string, (trail: TamperedTrail) => Change, (found: Found, trail: TamperedTrail) => void]>([
    [
      "a deleted seal",
      () => (sql) => sql.query("DELETE FROM audit_seals WHERE position = 12"),
      (found, { at }) =>
        expect(found).toEqual({ inserted: expect.objectContaining({ entry_id: at(12).id }) }),
    ],
    [
      "two swapped seals",
      () => (sql) =>
        sql
          .query("UPDATE audit_seals SET position = -position WHERE position IN (4, 7)")
          .then(() =>
            sql.query(
              "UPDATE audit_seals SET position = CASE position WHEN -4 THEN 7 ELSE 4 END WHERE position < 0",
            ),
          ),
      (found, { at }) =>
        expect(found).toMatchObject({
          edited: { position: 4, entry_id: at(7).id },
          gap: { position: 4, entry_id: at(7).id },
          fork: { position: 7, entry_id: at(4).id },
        }),
    ],
    [
      "a seal with another time, which makes its entry look retired in the stream",
      () => (sql) =>
        sql.query(
          "UPDATE audit_seals SET entry_occurred_at = entry_occurred_at - interval '1 year' WHERE position = 5",
        ),
      (found, { placeOf }) => expect(found).toEqual({ edited: expect.objectContaining(placeOf(5)) }),
    ],
    [
      "an entry of one organization sealed consistently into another's chain",
      ({ at }) =>
        async (sql) => {
          const [moved, head] = [at(11), at(10)];
          const chain = { sequence: head.chain!.sequence + 1, previous_hash: head.chain!.hash };
          const sealed = hash(
            "sha256",
            hashedText(withoutHash({ ...moved, chain: { ...chain, hash: "" } })!),
          );
          await sql.query(
            `UPDATE audit_seals SET org_id = $1, sequence = $2, previous_hash = decode($3, 'hex'),
               hash = decode($4, 'hex') WHERE position = 11`,
            [head.org_id, chain.sequence, chain.previous_hash, sealed],
          );
        },
      (found, { at }) =>
        expect(found).toEqual({ edited: expect.objectContaining({ position: 11, entry_id: at(11).id }) }),
    ],
    [
      "a consistently rewritten chain",
      ({ at }) =>
        async (sql) => {
          await editReason(sql, at(1));
          await resealAll(sql);
        },
      (found) =>
        expect(found).toEqual({ rewritten: expect.objectContaining({ position: 6, checkpoint: 1 }) }),
    ],
  ])("%s", async (_name, change, expectFound) => {
    const { tamper, verify, signer } = trail();
    await tamper(change(trail()));
    const report = await verify({ keys: [signer.verifierKey] });
    expect(report.holds).toBe(false);
    expectFound(firstOf(report), trail());
  });
});

test("sealed_at: set by the database, and not evidence", async () => {
  const { database, tamper, verify } = trail();
  const backdated = `INSERT INTO audit_seals (position, entry_id, entry_occurred_at, org_id, sequence, previous_hash, hash,
      sealed_at) SELECT 13, uuidv7(), now(), org_id, 1, hash, hash, now() - interval '1 year' FROM audit_seals LIMIT 1`;
  await expect(database.worker.query(backdated)).rejects.toMatchObject({ code: "42501" });
  await tamper((sql) => sql.query("UPDATE audit_seals SET sealed_at = sealed_at - interval '1 year'"));
  expect(await verify()).toMatchObject({ holds: true });
});
