import { listForwarding } from "@/lib/audit/stream/list-forwarding";
import type { ServiceState } from "@/lib/contract/service-state";
import type { Db } from "@/lib/platform/db/client";
import { FORWARDER } from "@/lib/platform/jobs/lease";

/**
 * How far forwarding lags behind. Only workers know whether an endpoint is configured, but the forwarding
 * worker holds a lease. It releases it at a clean end, as when the setting was removed; after a crash it
 * stays, expired, for a day.
 * @returns null if no worker forwards
 */
export async function readForwarding(db: Db): Promise<ServiceState["forwarding"]> {
  const [lease] = await db.$queryRaw<object[]>`
    SELECT FROM leaderships WHERE name = ${FORWARDER} AND expires_at > clock_timestamp() - interval '1 day'`;
  if (!lease) return null;
  const [current] = await listForwarding(db);
  if (!current) return null;
  const { target, lacking, lacking_since, failures, last_error } = current;
  return { target, lacking, lacking_since, failures, last_error };
}
