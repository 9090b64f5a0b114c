import { Prisma } from "@/generated/prisma/client";
import type { Db } from "@/lib/platform/db/client";
import type { KeyNotice } from "@/lib/states/key-notice";

/**
 * Tells the owners of keys something, once for each key and kind: the console shows it to them. This is the
 * place that queues mail, once there is any.
 * @returns how many are new
 */
export function tellKeyOwners(db: Db, notices: { keyId: string; kind: KeyNotice }[]): Promise<number> {
  if (notices.length === 0) return Promise.resolve(0);
  const rows = notices.map(({ keyId, kind }) => Prisma.sql`(${keyId}::uuid, ${kind})`);
  return db.$executeRaw`
    INSERT INTO key_notices (key_id, kind) VALUES ${Prisma.join(rows)} ON CONFLICT DO NOTHING`;
}
