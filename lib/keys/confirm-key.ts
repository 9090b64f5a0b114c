import type { Db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";

/**
 * Holds the key that acts until the transaction ends, so that its revocation comes either before what it does or after
 * that: whoever revokes a key finds everything that was made with it. Alone, since of those who share a lock new ones are
 * let in before whoever waits to change the row.
 * @throws Refusal UNAUTHORIZED when it was revoked since the request was admitted
 */
export async function confirmKey(tx: Db, keyId: string): Promise<void> {
  const [key] = await tx.$queryRaw<object[]>`
    SELECT FROM api_keys WHERE id = ${keyId}::uuid AND revoked_at IS NULL FOR NO KEY UPDATE`;
  if (!key) throw new Refusal("UNAUTHORIZED");
}
