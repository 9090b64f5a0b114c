import type { AuditFilter } from "@/lib/audit/trail/audit-filter";
import { compileAuditFilter } from "@/lib/audit/trail/audit-filter";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { within } from "@/lib/platform/paging/select-slice";
import type { Reach } from "@/lib/states/caller";

/** Counting further would only make the person wait. */
const MOST = 100_000;

export type ExportSize = { entries: number; isMore: boolean; from: string | null; to: string | null };

/** How many entries an export would have, up to a limit, and their time range. */
export async function countEntries(db: Db, reach: Reach, filter: AuditFilter): Promise<ExportSize> {
  const [found] = await db.$queryRaw<{ count: number; from: Date | null; to: Date | null }[]>`
    SELECT count(*)::int AS count, min(occurred_at) AS "from", max(occurred_at) AS "to" FROM (
      SELECT r.occurred_at FROM audit_entries r WHERE ${within(reach)} AND ${compileAuditFilter(filter)}
      ORDER BY r.occurred_at DESC, r.id DESC LIMIT ${MOST + 1}) entry`;
  const { count, from, to } = found!;
  return {
    entries: Math.min(count, MOST),
    isMore: count > MOST,
    from: from && formatTimestamp(from),
    to: to && formatTimestamp(to),
  };
}
