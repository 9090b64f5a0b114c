import { getAuditEntry } from "@/lib/audit/trail/get-audit-entry";
import { getAuditEntryOperation } from "@/lib/contract/audit";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getAuditEntryOperation, async ({ db, caller, params }) => ({
    status: 200,
    body: await getAuditEntry(db, caller.reach, String(params["id"])),
  })),
});
