import { describe, expect, test } from "vitest";
import { signCheckpoint } from "@/test/sign-checkpoint";
import {
  type Change,
  editReason,
  firstOf,
  removeWithSeal,
  resealAll,
  type TamperedTrail,
  useTamperedTrail,
  signCheckpoints,
} from "@/test/tampered-trail";
import { makeTestSigner } from "@/test/test-signer";
import type { Finding } from "./finding";

const trail = useTamperedTrail();

describe("tampering with checkpoints, found with its place:", () => {
  test.each<[string, (trail: TamperedTrail) => Change, Record<string, Partial<Finding>>]>([
    [
      "a removed checkpoint",
      () => (sql) => sql.query("DELETE FROM audit_checkpoints WHERE number = 1"),
      { checkpoint_chain: { checkpoint: 1 } },
    ],
    [
      "a changed checkpoint",
      () => (sql) =>
        sql.query("UPDATE audit_checkpoints SET note = replace(note, 'orgs 3', 'orgs 2') WHERE number = 2"),
      { bad_signature: { checkpoint: 2 }, rewritten: { checkpoint: 2 } },
    ],
    [
      "an invalid note",
      () => async (sql) => {
        await sql.query("ALTER TABLE audit_checkpoints DROP CONSTRAINT audit_checkpoints_note");
        await sql.query("UPDATE audit_checkpoints SET note = replace(note, '— ', '- ') WHERE number = 2");
      },
      { checkpoint_chain: { checkpoint: 2 } },
    ],
    [
      "a checkpoint dated before the previous, though signed by a trusted key",
      ({ signer }) =>
        (sql) =>
          signCheckpoint(sql, signer, 12, "2026-11-25T11:59:59.999+00:00"),
      { checkpoint_chain: { checkpoint: 3 } },
    ],
    [
      "a checkpoint that covers less than the previous, though signed by a trusted key",
      ({ signer }) =>
        (sql) =>
          signCheckpoint(sql, signer, 8),
      { checkpoint_chain: { checkpoint: 3 } },
    ],
  ])("%s", async (_name, change, expected) => {
    const { tamper, verify, signer } = trail();
    await tamper(change(trail()));
    const report = await verify({ keys: [signer.verifierKey] });
    expect(report.holds).toBe(false);
    const found = firstOf(report);
    expect(found).toMatchObject(expected);
    expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  });
});

describe("tampering that only copies of checkpoints reveal:", () => {
  test("a deleted tail, with its checkpoint", async () => {
    const { tamper, verify, at, folder } = trail();
    await tamper(async (sql) => {
      for (const position of [8, 9, 10, 11, 12]) await removeWithSeal(sql, at(position));
      await sql.query("DELETE FROM audit_checkpoints WHERE number = 2");
    });
    expect(await verify()).toMatchObject({ holds: true, checked: { last_position: 7, covered_position: 6 } });
    const report = await verify({ copies: [folder] });
    expect(firstOf(report)).toMatchObject({
      missing_tail: { position: 8, checkpoint: 2 },
      checkpoint_chain: { checkpoint: 2 },
    });
  });

  test("everything rewritten, including checkpoints and key", async () => {
    const { tamper, verify, at, folder, signer } = trail();
    const forger = makeTestSigner();
    await tamper(async (sql) => {
      await editReason(sql, at(1));
      await resealAll(sql);
      await sql.query("DELETE FROM audit_checkpoints; DELETE FROM audit_keys");
      await signCheckpoints(sql, forger);
    });
    const alone = await verify();
    expect(alone).toMatchObject({ holds: true, checked: { keys: { source: "database" } } });
    expect(firstOf(await verify({ keys: [signer.verifierKey] }))).toEqual({
      bad_signature: expect.objectContaining({ checkpoint: 1, position: 6 }),
    });
    expect(firstOf(await verify({ keys: [signer.verifierKey], copies: [folder] }))).toMatchObject({
      rewritten: { position: 6, checkpoint: 1 },
      checkpoint_chain: { checkpoint: 1 },
      bad_signature: { checkpoint: 1 },
    });
  });
});
