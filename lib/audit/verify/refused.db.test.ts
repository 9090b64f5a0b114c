import { beforeAll, describe, expect, test } from "vitest";
import { useDatabase } from "@/test/database";
import { seedFixture } from "@/test/fixture";
import { growTrail } from "@/test/grow-trail";
import { verifyDatabase } from "./verify-database";

const LAST = 3;
const database = useDatabase();

beforeAll(async () => {
  await growTrail(database(), [await seedFixture(database().owner)], LAST);
});

const verify = () => verifyDatabase(database().appUrl, { keys: [], copies: [], archives: [] });

describe("application's own logins: the database refuses", () => {
  const CHANGES = [
    "UPDATE audit_entries SET meta = '{}'",
    "UPDATE audit_entries SET actor_name = 'Somebody'",
    "DELETE FROM audit_entries",
    "TRUNCATE audit_entries",
    "UPDATE audit_seals SET hash = sha256('x')",
    "UPDATE audit_seals SET position = position + 1",
    "DELETE FROM audit_seals",
    "TRUNCATE audit_seals",
    "UPDATE audit_checkpoints SET note = ''",
    "DELETE FROM audit_checkpoints",
    "TRUNCATE audit_checkpoints",
    "UPDATE audit_keys SET verifier_key = ''",
    "DELETE FROM audit_keys",
    "INSERT INTO audit_unsealed SELECT entry_id, entry_occurred_at FROM audit_seals",
    "ALTER TABLE audit_entries DISABLE TRIGGER ALL",
    "ALTER TABLE audit_seals DROP CONSTRAINT audit_seals_pkey",
    "DROP TABLE audit_seals",
    "SET session_replication_role = replica",
    `INSERT INTO audit_seals (position, entry_id, entry_occurred_at, org_id, sequence, previous_hash, hash)
       SELECT max(position) + 1, uuidv7(), now(), (array_agg(org_id))[1], 99, sha256('a'), sha256('b') FROM audit_seals`,
  ];
  test.each(CHANGES)("%s", async (change) => {
    for (const login of [database().app, database().worker]) {
      await expect(login.query(change)).rejects.toMatchObject({
        code: expect.stringMatching(/^(42501|23\d{3}|P0001)$/),
      });
    }
    expect(await verify()).toMatchObject({ holds: true, checked: { entries: LAST } });
  });
});
