import { randomBytes } from "node:crypto";
import { hashToken } from "@/lib/identity/link-token";
import type { Db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";

const LINK_HOURS = 24;

type OpenLink = {
  personId: string;
  /** Who makes it; null for a command on the server. */
  makerId: string | null;
  /** Whether it goes to the person's mailbox, so that its maker never sees it. */
  isMailed: boolean;
  /** The console's URL. */
  origin?: string;
};

/**
 * Opens a password link for 24 hours, replacing an open one.
 * @returns the link, which isn't stored. The token follows `#`, so browsers don't send it to any server, log
 * or other site.
 */
export async function openLink(
  tx: Db,
  { personId, makerId, isMailed, origin = env().NEXTAUTH_URL }: OpenLink,
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + LINK_HOURS * 3_600_000);
  const tokenHash = hashToken(token);
  const link = { tokenHash, createdAt, expiresAt, usedAt: null, createdBy: makerId, isMailed };
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

export type ClosedLink = { id: string; email: string };

/** Ends the open links that a person made, for themselves and others, and those of keys that they made. */
export async function closeLinksMadeBy(tx: Db, makerId: string): Promise<ClosedLink[]> {
  await tx.$executeRaw`
    UPDATE key_claims c SET expires_at = greatest(c.created_at, date_trunc('milliseconds', clock_timestamp()))
    FROM api_keys k WHERE k.id = c.key_id AND k.created_by = ${makerId}::uuid AND c.used_at IS NULL AND c.expires_at > now()`;
  return tx.$queryRaw<ClosedLink[]>`
    UPDATE password_links l SET expires_at = greatest(l.created_at, date_trunc('milliseconds', clock_timestamp()))
    FROM people p WHERE p.id = l.person_id AND l.created_by = ${makerId}::uuid AND l.used_at IS NULL AND l.expires_at > now()
    RETURNING p.id, p.email`;
}
