import { Prisma } from "@/generated/prisma/client";
import type { Db } from "@/lib/platform/db/client";
import { SetupProblem } from "@/lib/platform/setup-problem";
import { hashArchive } from "./check-archive";
import { findRetirement } from "./find-retirement";
import { readMonth } from "./month";

/**
 * Drops the table of a retired month. Requires the archive, because nothing else remains afterwards.
 * @param db as the owner
 * @returns false if the table was already dropped
 * @throws SetupProblem with the reason, without any change
 */
export async function dropMonth(db: Db, name: string, folder: string): Promise<boolean> {
  const month = readMonth(name);
  const retirement = await findRetirement(db, month);
  if (!retirement) throw new SetupProblem(`${name} has not been retired.`);
  if (!(await hashArchive(month, folder))?.equals(retirement.fileSha256))
    throw new SetupProblem(`The file of ${name} is not in ${folder}, or was changed.`);
  const [later] = await db.$queryRaw<{ month: string }[]>`
    SELECT to_char(s.entry_occurred_at AT TIME ZONE 'UTC', 'YYYY-MM') AS month FROM audit_seals s
    WHERE s.position BETWEEN ${retirement.firstPosition} AND ${retirement.lastPosition}
      AND s.entry_occurred_at >= ${month.end} AND NOT EXISTS (
        SELECT FROM audit_retirements r WHERE r.month = date_trunc('month', s.entry_occurred_at AT TIME ZONE 'UTC'))
    ORDER BY 1 LIMIT 1`;
  if (later)
    throw new SetupProblem(
      `Retire ${later.month} first: its entries begin among those of ${name}, and its file needs both.`,
    );
  const [found] = await db.$queryRaw<{ exists: boolean }[]>`
    SELECT to_regclass(${`audit_retired.${month.table}`}) IS NOT NULL AS exists`;
  if (!found!.exists) return false;
  await db.$executeRaw(Prisma.raw(`DROP TABLE audit_retired."${month.table}"`));
  return true;
}
