import { createHash, randomBytes } from "node:crypto";
import type { Db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";

const LINK_HOURS = 24;

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
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + LINK_HOURS * 3_600_000);
  const link = { tokenHash: hashToken(token), createdAt, expiresAt, usedAt: null };
  await tx.passwordLink.upsert({
    where: { personId },
    create: { personId, ...link },
    update: link,
    select: { personId: true },
  });
  return new URL(`/set-password#${token}`, origin).href;
}

/** Ends a person's open link, if there is one. */
export async function closeLink(tx: Db, personId: string): Promise<void> {
  const now = new Date();
  await tx.passwordLink.updateMany({
    where: { personId, usedAt: null, expiresAt: { gt: now } },
    data: { expiresAt: now },
  });
}
