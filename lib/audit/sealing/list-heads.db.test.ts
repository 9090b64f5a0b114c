import { beforeAll, expect, test } from "vitest";
import { useDatabase } from "@/test/database";
import { listHeads } from "./list-heads";

const database = useDatabase();
const [ORGS, EACH] = [50, 200];

/** Long chains in rotation. Only their shape matters, so they have no entries. */
beforeAll(async () => {
  const client = await database().owner.connect();
  await client.query("SET session_replication_role = replica");
  await client.query(
    `INSERT INTO audit_seals (position, entry_id, entry_occurred_at, org_id, sequence, previous_hash, hash)
     SELECT i, uuidv7(), now(), md5((i % $1::int)::text)::uuid, (i - 1) / $1::int + 1, sha256(i::text::bytea),
       sha256((i + $1::int)::text::bytea)
     FROM generate_series(1, $1::int * $2::int) i`,
    [ORGS, EACH],
  );
  // Without statistics, the plan would depend on whether autovacuum has run.
  await client.query("ANALYZE audit_seals");
  client.release(true);
});

test.each([0, 1, ORGS - 1, ORGS * 7 + 3, ORGS * EACH])(
  "heads at position %i: each chain's last link so far, in the tree's order",
  async (position) => {
    const { rows } = await database().app.query(
      `SELECT DISTINCT ON (org_id::text) org_id, sequence::int, encode(hash, 'hex') AS hash
       FROM audit_seals WHERE position <= $1 ORDER BY org_id::text, sequence DESC`,
      [position],
    );
    expect(await listHeads(database().db, position)).toEqual(rows);
  },
);

test.each([
  ["newest", ORGS * EACH],
  ["oldest", ORGS],
])("%s: found without reading the chains", async (_which, position) => {
  const count = await database().db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
    // The statistics include this connection's earlier transactions.
    const read = async () =>
      (
        await tx.$queryRaw<{ rows: bigint }[]>`
          SELECT seq_tup_read + idx_tup_fetch AS rows FROM pg_stat_xact_user_tables WHERE relname = 'audit_seals'`
      )[0]!.rows;
    const before = await read();
    await listHeads(tx, position);
    return Number((await read()) - before);
  });
  expect(count).toBeLessThan(ORGS * 4);
});
