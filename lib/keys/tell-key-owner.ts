import { Prisma } from "@/generated/prisma/client";
import { queueMail } from "@/lib/mail/queue-mail";
import type { Db } from "@/lib/platform/db/client";
import type { KeyNotice } from "@/lib/states/key-notice";
import { type TellingKey, writeNoticeMail } from "./notice-mail";

/** Encrypts queued emails; null if the deployment sends none. */
export type MailKeys = readonly string[] | null;

/**
 * Tells the owners of keys something, once for each key and kind: the console shows it to them, and they get
 * an email.
 * @param tx a transaction, so that no notice exists without its email
 * @returns how many are new
 */
export async function tellKeyOwners(
  tx: Db,
  notices: { keyId: string; kind: KeyNotice }[],
  mailKeys: MailKeys,
): Promise<number> {
  if (notices.length === 0) return 0;
  const rows = notices.map(({ keyId, kind }) => Prisma.sql`(${keyId}::uuid, ${kind})`);
  const told = await tx.$queryRaw<TellingKey[]>`
    WITH told AS (
      INSERT INTO key_notices (key_id, kind) VALUES ${Prisma.join(rows)} ON CONFLICT DO NOTHING RETURNING key_id, kind)
    SELECT told.kind, k.name, k.prefix, k.expires_at, p.name AS owner, p.email, p.disabled_at IS NULL AS is_active
    FROM told JOIN api_keys k ON k.id = told.key_id JOIN people p ON p.id = k.owner_id`;
  if (mailKeys)
    for (const key of told) if (key.is_active) await queueMail(tx, writeNoticeMail(key), mailKeys);
  return told.length;
}
