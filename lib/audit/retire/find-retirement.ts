import type { Db } from "@/lib/platform/db/client";
import type { Month } from "./month";

export type Retirement = { firstPosition: bigint; lastPosition: bigint; fileSha256: Buffer };

/** @returns undefined for a month that is still in the trail */
export async function findRetirement(db: Db, { start }: Month): Promise<Retirement | undefined> {
  const row = await db.auditRetirement.findUnique({ where: { month: start } });
  return row ? { ...row, fileSha256: Buffer.from(row.fileSha256) } : undefined;
}
