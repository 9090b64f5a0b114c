import type { ApiKey } from "@/lib/contract/keys";
import type { Db } from "@/lib/platform/db/client";
import type { Caller } from "@/lib/states/caller";
import { KEY_COLUMNS, KEYS, type KeyRow, toKey, withinKeys } from "./key-record";

const MOST = 10;

/** The caller's own keys that were leaked in the last 30 days or expire soon, the most urgent first. */
export async function findOwnNotices(db: Db, { person, reach }: Caller): Promise<ApiKey[]> {
  const rows = await db.$queryRaw<KeyRow[]>`
    SELECT ${KEY_COLUMNS} FROM ${KEYS} r
    WHERE r.owner_id = ${person.id}::uuid AND ${withinKeys(reach)} AND (
      (r.is_leaked AND r.revoked_at > now() - interval '30 days')
      OR (r.expiry_warned_at IS NOT NULL AND r.rotated_to IS NULL AND r.state NOT IN ('revoked', 'expired')))
    ORDER BY r.is_leaked DESC, coalesce(r.revoked_at, r.expires_at), r.id LIMIT ${MOST}::int`;
  return rows.map(toKey);
}
