import type { FailingModel } from "@/lib/contract/overview";
import type { Db } from "@/lib/platform/db/client";
import { within } from "@/lib/platform/paging/select-slice";
import type { Reach } from "@/lib/states/caller";

/** The lowest number and share of failures in the last hour worth showing. */
const LEAST_FAILED = 3;
const LEAST_SHARE = 0.2;
const SHOWN = 8;

/** @returns models that fail more often than usual, most failures first */
export function findFailingModels(db: Db, reach: Reach): Promise<FailingModel[]> {
  return db.$queryRaw<FailingModel[]>`
    SELECT r.model, (count(*) FILTER (WHERE r.status_code = 'failed'))::int AS failed, count(*)::int AS ended
    FROM runs r
    WHERE r.completed_at > now() - interval '1 hour' AND r.status_code <> 'canceled' AND ${within(reach)}
    GROUP BY r.model
    HAVING count(*) FILTER (WHERE r.status_code = 'failed') >= ${LEAST_FAILED}
      AND count(*) FILTER (WHERE r.status_code = 'failed') >= ${LEAST_SHARE}::float8 * count(*)
    ORDER BY failed DESC, r.model LIMIT ${SHOWN}`;
}
