import type { Db } from "@/lib/platform/db/client";
import { EXPIRY_WARNING_DAYS, type KeyNotice } from "@/lib/states/key-notice";
import { type MailKeys, tellKeyOwners } from "./tell-key-owner";

const AT_ONCE = 1_000;

/**
 * Warns the owners of keys that expire in 30, 10 or 2 days, once for each. A key with a shorter life than a
 * threshold has no warning at it, and a missed threshold isn't made up for: only the closest one counts.
 * The end of a rotated key is intended.
 * @returns how many were warned
 */
export async function warnOfExpiry(db: Db, mailKeys: MailKeys, atOnce = AT_ONCE): Promise<number> {
  for (let total = 0; ;) {
    const due = await db.$queryRaw<{ keyId: string; kind: KeyNotice }[]>`
      SELECT k.id AS "keyId", due.kind FROM api_keys k CROSS JOIN LATERAL (
        SELECT 'expires_in_' || days || '_days' AS kind FROM unnest(${[...EXPIRY_WARNING_DAYS]}::int[]) days
        WHERE k.expires_at <= now() + days * interval '1 day' AND k.created_at < k.expires_at - days * interval '1 day'
        ORDER BY days LIMIT 1) due
      WHERE k.revoked_at IS NULL AND k.rotated_to IS NULL AND k.expires_at > now()
        AND k.expires_at <= now() + ${Math.max(...EXPIRY_WARNING_DAYS)}::int * interval '1 day'
        AND NOT EXISTS (SELECT FROM key_notices n WHERE n.key_id = k.id AND n.kind = due.kind)
      LIMIT ${atOnce}::int`;
    total += await db.$transaction((tx) => tellKeyOwners(tx, due, mailKeys));
    if (due.length < atOnce) return total;
  }
}
