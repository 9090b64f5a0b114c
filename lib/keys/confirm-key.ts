import type { Db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";

/**
 * Locks the acting key until the transaction ends, so that its revocation or suspension comes entirely before
 * or after, and its revoker sees everything made with it. The lock is exclusive, because new shared locks
 * would overtake a waiting revocation.
 * @throws Refusal UNAUTHORIZED if it was revoked or suspended after the request was admitted
 */
export async function confirmKey(tx: Db, keyId: string): Promise<void> {
  const [key] = await tx.$queryRaw<object[]>`
    SELECT FROM api_keys WHERE id = ${keyId}::uuid AND revoked_at IS NULL
      AND coalesce(suspended_until <= clock_timestamp(), true) FOR NO KEY UPDATE`;
  if (!key) throw new Refusal("UNAUTHORIZED");
}
