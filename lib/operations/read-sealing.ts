import type { ServiceState } from "@/lib/contract/service-state";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { SEALER } from "@/lib/platform/jobs/lease";

type Row = { unsealed: number; oldest: Date | null; is_led: boolean };

/** How far sealing lags behind the trail, and whether a worker leads it. */
export async function readSealing(db: Db): Promise<ServiceState["sealing"]> {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT (SELECT count(*)::int FROM audit_unsealed) AS unsealed,
      (SELECT min(occurred_at) FROM audit_unsealed) AS oldest,
      EXISTS (SELECT FROM leaderships WHERE name = ${SEALER} AND expires_at > clock_timestamp()) AS is_led`;
  const { unsealed, oldest, is_led } = row!;
  return { unsealed, oldest_unsealed_at: oldest && formatTimestamp(oldest), is_led };
}
