import { findAuditEntries } from "@/lib/audit/find-audit-entries";
import { listAuditEntriesOperation } from "@/lib/contract/audit";
import { bind, endpoint } from "@/lib/http/endpoint";
import { listApart } from "@/lib/paging/list-apart";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listAuditEntriesOperation, async ({ caller, query }) => ({
    status: 200,
    body: await listApart(caller, (db) => findAuditEntries(db, caller.reach, query)),
  })),
});
