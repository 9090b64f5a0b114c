import { createHash, randomBytes } from "node:crypto";
import type { Db } from "@/lib/db/client";
import { env } from "@/lib/env";

/** SHA-256: a token has too much randomness to be guessed, so that a slow hash would protect nothing. */
export const hashToken = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash("sha256").update(token).digest());

/**
 * Opens a person's link for 24 hours; one that was open before ends with it.
 * @param origin where people open the console
 * @returns the address, which nothing here keeps. The token stands behind `#`: browsers send that to no server, so that no
 *   log and no other site learns it.
 */
export async function openLink(tx: Db, personId: string, origin = env().NEXTAUTH_URL): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await tx.$executeRaw`
    INSERT INTO password_links AS l (person_id, token_hash, created_at, expires_at)
    SELECT ${personId}::uuid, ${hashToken(token)}, t.now, t.now + interval '24 hours'
    FROM (SELECT date_trunc('milliseconds', clock_timestamp()) AS now) t
    ON CONFLICT (person_id) DO UPDATE SET token_hash = excluded.token_hash, created_at = excluded.created_at,
      expires_at = excluded.expires_at, used_at = NULL`;
  return new URL(`/set-password#${token}`, origin).href;
}

/** Ends a person's open link, if there is one. */
export async function closeLink(tx: Db, personId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE password_links SET expires_at = created_at WHERE person_id = ${personId}::uuid AND used_at IS NULL`;
}
