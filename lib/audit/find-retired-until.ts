import type { Db } from "@/lib/db/client";
import { formatTimestamp } from "@/lib/contract/values";

/**
 * Until when entries have been retired: what is older is kept elsewhere, and no list shows it.
 * @returns the first moment of which entries are still here; undefined while none has been retired
 */
export async function findRetiredUntil(db: Db): Promise<string | undefined> {
  const [row] = await db.$queryRaw<{ until: Date | null }[]>`
    SELECT (max(month) + interval '1 month') AT TIME ZONE 'UTC' AS until FROM audit_retirements`;
  return row?.until ? formatTimestamp(row.until) : undefined;
}
