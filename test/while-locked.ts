import type { Pool } from "pg";

/** Holds a table, so that a page that reads it keeps loading. */
export async function whileLocked(owner: Pool, table: string, work: () => Promise<void>): Promise<void> {
  const lock = await owner.connect();
  await lock.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  try {
    await work();
  } finally {
    await lock.query("ROLLBACK");
    lock.release();
  }
}
