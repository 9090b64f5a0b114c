import type { TroubledEndpoint } from "@/lib/contract/overview";
import { formatTimestamp } from "@/lib/contract/values";
import { FAILURES_TO_OPEN } from "@/lib/deliveries/circuit";
import type { Db } from "@/lib/platform/db/client";
import { within } from "@/lib/platform/paging/select-slice";
import type { Reach } from "@/lib/states/caller";

type Row = Omit<TroubledEndpoint, "paused_until"> & { paused_until: Date | null };

const SHOWN = 8;

/** @returns customers' endpoints whose last deliveries all failed, most failures first */
export async function findTroubledEndpoints(db: Db, reach: Reach): Promise<TroubledEndpoint[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT r.org_id, r.origin, r.failures_in_row, CASE WHEN r.open_until > now() THEN r.open_until END AS paused_until,
      (SELECT count(*) FROM deliveries d WHERE d.org_id = r.org_id AND d.origin = r.origin AND d.state = 'pending')::int AS waiting
    FROM delivery_endpoints r
    WHERE r.failures_in_row >= ${FAILURES_TO_OPEN} AND ${within(reach)}
    ORDER BY r.failures_in_row DESC, r.org_id, r.origin LIMIT ${SHOWN}`;
  return rows.map((row) => ({ ...row, paused_until: row.paused_until && formatTimestamp(row.paused_until) }));
}
