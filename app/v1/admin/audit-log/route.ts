import { findAuditEntries } from "@/lib/audit/find-audit-entries";
import { listAuditEntriesOperation } from "@/lib/contract/audit";
import { bind, endpoint } from "@/lib/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listAuditEntriesOperation, async ({ db, caller, query }) => ({
    status: 200,
    body: await findAuditEntries(db, caller.reach, query),
  })),
});
