import type { Db } from "@/lib/platform/db/client";
import { log } from "@/lib/platform/log";

/**
 * Drops the security events of whole months.
 * @param keep how many months are kept beside the one under way, 3 or more
 * @returns how many months were dropped
 * @throws DatabaseError with less than three, or when the table is in use all the time: the next run tries again
 */
export async function dropOldMonths(db: Db, keep: number): Promise<number> {
  const [dropped] = await db.$queryRaw<
    { count: number }[]
  >`SELECT drop_security_months(${keep}::int) AS count`;
  if (dropped!.count > 0) log.info({ months: dropped!.count, keep }, "old security events were dropped");
  return dropped!.count;
}
