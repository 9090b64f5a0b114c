import type { Pool, PoolClient } from "pg";
import { readTrail } from "./grow-trail";
import { type TestSigner, writeCheckpoint } from "./test-signer";

type Sql = Pool | PoolClient;

/** Adds the key to the database, as the signing process does. */
export async function publishKey(sql: Sql, { verifierKey }: TestSigner): Promise<void> {
  const id = Buffer.from(verifierKey.split("+")[1]!, "hex");
  await sql.query("INSERT INTO audit_keys (id, verifier_key) VALUES ($1, $2)", [id, verifierKey]);
}

/**
 * Signs the next checkpoint of the current trail.
 * @param position up to where; by default the end
 * @param time the time it states; by default the same as the previous one's
 * @returns its note
 */
export async function signCheckpoint(
  sql: Sql,
  signer: TestSigner,
  position?: number,
  time?: string,
): Promise<string> {
  const trail = (await readTrail(sql)).slice(0, position);
  const { rows } = await sql.query<{ number: string; note: string }>(
    "SELECT number, note FROM audit_checkpoints ORDER BY number DESC LIMIT 1",
  );
  const number = Number(rows[0]?.number ?? 0) + 1;
  const previous = rows[0]?.note;
  const madeAt = time ?? /^time (.+)$/m.exec(previous ?? "")?.[1];
  const note = writeCheckpoint(trail, { number, previous, signer, time: madeAt });
  await sql.query("INSERT INTO audit_checkpoints (number, position, note) VALUES ($1, $2, $3)", [
    number,
    trail.length,
    note,
  ]);
  return note;
}
