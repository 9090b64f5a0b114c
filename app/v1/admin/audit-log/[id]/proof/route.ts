import { getEntryProof } from "@/lib/audit/proof/get-entry-proof";
import { getAuditEntryProofOperation } from "@/lib/contract/audit-proof";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getAuditEntryProofOperation, async ({ db, caller, params }) => ({
    status: 200,
    body: await getEntryProof(db, caller.reach, String(params["id"])),
  })),
});
