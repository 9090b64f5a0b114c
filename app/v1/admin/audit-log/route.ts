import { findAuditEntries } from "@/lib/audit/trail/find-audit-entries";
import { listAuditEntriesOperation } from "@/lib/contract/audit";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { withListPool } from "@/lib/platform/paging/with-list-pool";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listAuditEntriesOperation, async ({ caller, query }) => ({
    status: 200,
    body: await withListPool(caller, (db) => findAuditEntries(db, caller.reach, query)),
  })),
});
