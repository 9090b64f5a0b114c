import type { ServiceState } from "@/lib/contract/service-state";
import type { Db } from "@/lib/platform/db/client";

/** How many deliveries wait, and how many of the customers' endpoints are paused after failures. */
export async function readDeliveries(db: Db): Promise<ServiceState["deliveries"]> {
  const [row] = await db.$queryRaw<ServiceState["deliveries"][]>`
    SELECT (SELECT count(*)::int FROM deliveries WHERE state = 'pending') AS waiting,
      (SELECT count(*)::int FROM delivery_endpoints WHERE open_until > now()) AS endpoints_paused`;
  return row!;
}
