import { randomBytes } from "node:crypto";
import type { Db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import { hashToken } from "@/lib/identity/link-token";

/** Customers get the link by mail, over a weekend perhaps. */
const LINK_DAYS = 7;

/**
 * A new link that lets the owner claim a key.
 * @returns the link, which isn't stored, and the columns of its row
 */
export function makeClaimLink() {
  const token = randomBytes(32).toString("base64url");
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + LINK_DAYS * 86_400_000);
  return {
    link: new URL(`/claim-key#${token}`, env().NEXTAUTH_URL).href,
    row: { tokenHash: hashToken(token), createdAt, expiresAt },
  };
}

/** Opens the first link of a pending key. */
export async function openClaimLink(tx: Db, keyId: string): Promise<string> {
  const { link, row } = makeClaimLink();
  await tx.keyClaim.create({ data: { keyId, ...row }, select: { keyId: true } });
  return link;
}
