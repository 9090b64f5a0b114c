import { Prisma } from "@/generated/prisma/client";
import { orgInReach } from "@/lib/identity/org-in-reach";
import type { Db } from "@/lib/platform/db/client";
import { within } from "@/lib/platform/paging/select-slice";
import type { Reach } from "@/lib/states/caller";

/** @returns the first of the ids that is a run in reach */
export async function findRunId(db: Db, reach: Reach, ids: readonly string[]): Promise<string | undefined> {
  if (ids.length === 0) return undefined;
  const rows = await db.run.findMany({
    where: { id: { in: [...ids] }, ...orgInReach(reach) },
    select: { id: true },
  });
  return ids.find((id) => rows.some((row) => row.id === id));
}

/**
 * What a uuid that is no run means to runs in reach.
 * @returns the field that it is a value of, or undefined when no run has it
 */
export async function findFieldOfId(db: Db, reach: Reach, id: string): Promise<string | undefined> {
  const isReachedOrg = reach.all || reach.orgIds.includes(id);
  const [found] = await db.$queryRaw<{ field: string }[]>(Prisma.sql`
    (SELECT 'org_id' AS field FROM organizations o WHERE o.id = ${id}::uuid AND ${isReachedOrg})
    UNION ALL (SELECT 'batch_id' FROM runs r WHERE r.batch_id = ${id}::uuid AND ${within(reach)} LIMIT 1)
    UNION ALL (SELECT 'client_ref' FROM runs r WHERE r.client_ref = ${id} AND ${within(reach)} LIMIT 1)
    UNION ALL (SELECT 'api_key_id' FROM runs r WHERE r.api_key_id = ${id}::uuid AND ${within(reach)} LIMIT 1)
    UNION ALL (SELECT 'created_by' FROM runs r WHERE r.created_by = ${id}::uuid AND ${within(reach)} LIMIT 1)`);
  return found?.field;
}
