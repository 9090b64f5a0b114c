import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { addMonths } from "./month";

/**
 * Finds the end of the retired months, whose entries are kept elsewhere and appear in no list.
 * @returns the first time whose entries are still here; undefined if none has been retired
 */
export async function findRetiredUntil(db: Db): Promise<string | undefined> {
  const last = await db.auditRetirement.findFirst({
    select: { month: true },
    orderBy: { month: "desc" },
  });
  return last ? formatTimestamp(addMonths(last.month, 1)) : undefined;
}
