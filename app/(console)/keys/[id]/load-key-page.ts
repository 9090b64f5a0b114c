import { findAuditEntries } from "@/lib/audit/trail/find-audit-entries";
import { AuditListQuery } from "@/lib/contract/audit";
import type { AuditEntry } from "@/lib/contract/audit";
import type { ApiKey } from "@/lib/contract/keys";
import { findKeyActivity } from "@/lib/keys/find-key-activity";
import { getKey } from "@/lib/keys/get-key";
import { nameOrganizations } from "@/lib/organizations/name-organizations";
import { db } from "@/lib/platform/db/client";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { type Caller, reaches } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { orNotFound } from "../../or-not-found";

/** Loads everything on a key's page. As in the API, a key out of reach is not found. */
export async function loadKeyPage(caller: Caller, id: string) {
  const key = await orNotFound("KEY_NOT_FOUND", getKey(db(), caller.reach, id));
  const mayReadAudit = caller.permissions.has("audit.read");
  const [customers, activity, audit] = await Promise.all([
    nameOrganizations(db(), caller.reach, { ids: key.reach.org_ids ?? [] }),
    withListPool(caller, (lists) => findKeyActivity(lists, caller, key.id)),
    mayReadAudit
      ? withListPool(caller, (lists) =>
          findAuditEntries(lists, caller.reach, AuditListQuery.parse({ target_id: key.id, limit: 20 })),
        )
      : { items: [] },
  ]);
  // A service key's entries are in the platform's chain. A caller without access sees none, which doesn't
  // mean "none exist".
  const isTrailInReach = reaches(caller.reach, key.org_id ?? PLATFORM_ORG_ID);
  const orgNames = Object.fromEntries(customers.map(({ id: orgId, name }) => [orgId, name]));
  return {
    key,
    customers,
    orgNames,
    activity,
    entries: audit.items,
    stop: findStop(key, audit.items),
    mayReadAudit,
    isTrailInReach,
  };
}

/** The entry about the key's revocation or current suspension; the newest entries come first. */
function findStop(key: ApiKey, entries: AuditEntry[]): AuditEntry | undefined {
  const action = key.revoked_at ? "key.revoked" : key.suspended_until ? "key.suspended" : undefined;
  return entries.find((entry) => entry.action === action);
}
