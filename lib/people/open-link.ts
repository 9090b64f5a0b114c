import { createHash, randomBytes } from "node:crypto";
import type { Db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";

const LINK_HOURS = 24;

/** SHA-256 suffices: the token is too random to be guessed, so a slow hash would add nothing. */
export const hashToken = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash("sha256").update(token).digest());

/**
 * Opens a password link for 24 hours, replacing an open one.
 * @param origin the console's URL
 * @returns the link, which isn't stored. The token follows `#`, so browsers don't send it to any server, log
 * or other site.
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

/** Ends a person's open link, if any. */
export async function closeLink(tx: Db, personId: string): Promise<void> {
  const now = new Date();
  await tx.passwordLink.updateMany({
    where: { personId, usedAt: null, expiresAt: { gt: now } },
    data: { expiresAt: now },
  });
}
