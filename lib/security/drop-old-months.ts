import type { Db } from "@/lib/platform/db/client";
import { log } from "@/lib/platform/log";

/**
 * Drops the security events of whole months.
 * @param keep how many months to keep besides the current one, 3 or more
 * @returns how many months were dropped
 * @throws DatabaseError for less than three, or if the table is constantly in use; the next run tries again
 */
export async function dropOldMonths(db: Db, keep: number): Promise<number> {
  const [dropped] = await db.$queryRaw<
    { count: number }[]
  >`SELECT drop_security_months(${keep}::int) AS count`;
  if (dropped!.count > 0) log.info({ months: dropped!.count, keep }, "old security events were dropped");
  return dropped!.count;
}
