import { findAuditEntries } from "@/lib/audit/trail/find-audit-entries";
import { AuditListQuery } from "@/lib/contract/audit";
import { StuckRunsQuery } from "@/lib/contract/models";
import { nameOrganizations } from "@/lib/organizations/name-organizations";
import { countCancels } from "@/lib/overview/count-cancels";
import { findFailingModels } from "@/lib/overview/find-failing-models";
import { findTroubledEndpoints } from "@/lib/overview/find-troubled-endpoints";
import { summarizeLastHour } from "@/lib/overview/summarize-last-hour";
import { db } from "@/lib/platform/db/client";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { findStuckRuns } from "@/lib/runs/find-stuck-runs";
import type { Caller } from "@/lib/states/caller";

const SHOWN = 6;

/**
 * What needs the person's attention now. Only people with access to all customers get the two-week counts.
 */
export async function loadOverview(caller: Caller) {
  const { reach, permissions, actor } = caller;
  const own = AuditListQuery.parse({ actor_id: actor.id, action: "run.cancelled", limit: SHOWN });
  const [hour, stuck, failing, endpoints, mine, cancels] = await Promise.all([
    withListPool(caller, (lists) => summarizeLastHour(lists, reach)),
    withListPool(caller, (lists) => findStuckRuns(lists, reach, StuckRunsQuery.parse({ limit: SHOWN }))),
    withListPool(caller, (lists) => findFailingModels(lists, reach)),
    withListPool(caller, (lists) => findTroubledEndpoints(lists, reach)),
    permissions.has("audit.read")
      ? withListPool(caller, (lists) => findAuditEntries(lists, reach, own))
      : { items: [] },
    permissions.has("operations.read")
      ? withListPool(caller, (lists) => countCancels(lists, reach))
      : undefined,
  ]);
  const ids = [...stuck.items, ...endpoints, ...mine.items].map(({ org_id }) => org_id);
  const orgs = await nameOrganizations(db(), reach, { ids });
  return {
    orgs: Object.fromEntries(orgs.map((org) => [org.id, org])),
    hour,
    stuck: stuck.items,
    failing,
    endpoints,
    mine: mine.items,
    cancels,
  };
}
