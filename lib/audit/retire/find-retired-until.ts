import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { addMonths } from "./month";

/**
 * Finds until when entries have been retired; older ones are kept elsewhere, and no list shows them.
 * @returns the first moment whose entries are still here; undefined while none has been retired
 */
export async function findRetiredUntil(db: Db): Promise<string | undefined> {
  const last = await db.auditRetirement.findFirst({
    select: { month: true },
    orderBy: { month: "desc" },
  });
  return last ? formatTimestamp(addMonths(last.month, 1)) : undefined;
}
