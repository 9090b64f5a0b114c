import type { Db } from "@/lib/platform/db/client";

const AT_ONCE = 1_000;

/**
 * Deletes idempotency records after 24 hours, in batches that keep locks short.
 * @returns how many were deleted
 */
export async function forgetExpired(db: Db, atOnce = AT_ONCE): Promise<number> {
  for (let total = 0; ;) {
    const deleted = await db.$executeRaw`
      DELETE FROM idempotency_records WHERE expires_at < now() AND (credential_id, path, key) IN (
        SELECT credential_id, path, key FROM idempotency_records WHERE expires_at < now() LIMIT ${atOnce})`;
    total += deleted;
    if (deleted < atOnce) return total;
  }
}
