import { notFound } from "next/navigation";
import { findAuditEntries } from "@/lib/audit/trail/find-audit-entries";
import { AuditListQuery } from "@/lib/contract/audit";
import type { ApiKey } from "@/lib/contract/keys";
import { getKey } from "@/lib/keys/get-key";
import { listOrganizations } from "@/lib/organizations/list-organizations";
import { db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { type Caller, reaches } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";

/** Everything that the page of one key shows. One out of reach is not found, as in the API. */
export async function loadKeyPage(caller: Caller, id: string) {
  const key = await findKey(caller, id);
  const reach = { all: false, orgIds: key.reach.org_ids ?? [] } as const;
  const mayReadAudit = caller.permissions.has("audit.read");
  const [orgs, audit] = await Promise.all([
    listOrganizations(db(), reach),
    mayReadAudit
      ? withListPool(caller, (lists) =>
          findAuditEntries(lists, caller.reach, AuditListQuery.parse({ target_id: key.id, limit: 20 })),
        )
      : { items: [] },
  ]);
  // A service key's entries are in the platform's chain, which not everybody reaches: none is then not "nobody".
  const isTrailInReach = reaches(caller.reach, key.org_id ?? PLATFORM_ORG_ID);
  const orgNames = Object.fromEntries(orgs.map(({ id: orgId, name }) => [orgId, name]));
  return { key, orgNames, entries: audit.items, mayReadAudit, isTrailInReach };
}

async function findKey(caller: Caller, id: string): Promise<ApiKey> {
  try {
    return await getKey(db(), caller.reach, id);
  } catch (error) {
    if (error instanceof Refusal && error.code === "KEY_NOT_FOUND") notFound();
    throw error;
  }
}
