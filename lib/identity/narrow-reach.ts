import { parseUuid } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import { type Reach, reaches } from "@/lib/states/caller";

/**
 * Limits a reach to the organization that a request names.
 * @throws Refusal ORGANIZATION_MEMBERSHIP_REQUIRED, also for a missing one, so that callers can't find out
 * which exist
 */
export async function narrowReach(db: Db, reach: Reach, named: string): Promise<Reach> {
  const orgId = parseUuid(named);
  const isReached = orgId !== undefined && reaches(reach, orgId);
  const exists = isReached && (await db.organization.count({ where: { id: orgId } })) === 1;
  if (!exists) throw new Refusal("ORGANIZATION_MEMBERSHIP_REQUIRED");
  return { all: false, orgIds: [orgId] };
}
