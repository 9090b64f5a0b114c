import { findAuditEntries } from "@/lib/audit/trail/find-audit-entries";
import { AuditListQuery } from "@/lib/contract/audit";
import { formatTimestamp } from "@/lib/contract/values";
import { nameOrganizations } from "@/lib/organizations/name-organizations";
import { db } from "@/lib/platform/db/client";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { findDeletedRun } from "@/lib/runs/find-deleted-run";
import type { Caller } from "@/lib/states/caller";

/** Loads the page of a run that was deleted when its retention ended; undefined for any other. */
export async function loadDeletedRun(caller: Caller, id: string) {
  const run = await findDeletedRun(db(), caller.reach, id);
  if (!run) return undefined;
  const mayReadAudit = caller.permissions.has("audit.read");
  const query = AuditListQuery.parse({ target_id: run.id, limit: 20 });
  const [orgs, audit] = await Promise.all([
    nameOrganizations(db(), caller.reach, { ids: [run.orgId] }),
    mayReadAudit
      ? withListPool(caller, (lists) => findAuditEntries(lists, caller.reach, query))
      : { items: [] },
  ]);
  return {
    run: {
      id: run.id,
      status: run.statusCode,
      cost: run.cost && run.cost.toFixed(),
      createdAt: formatTimestamp(run.createdAt),
      completedAt: formatTimestamp(run.completedAt),
      deletedAt: formatTimestamp(run.deletedAt),
    },
    customer: orgs[0]?.name ?? run.orgId,
    entries: audit.items,
    mayReadAudit,
  };
}
