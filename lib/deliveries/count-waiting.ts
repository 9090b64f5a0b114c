import type { Db } from "@/lib/platform/db/client";

type Address = { orgId: string; url: string };

/** How many deliveries are waiting for a URL's endpoint. */
export async function countWaiting(db: Db, { orgId, url }: Address): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM deliveries
    WHERE org_id = ${orgId}::uuid AND origin = origin_of(${url}) AND state = 'pending'`;
  return row!.count;
}
