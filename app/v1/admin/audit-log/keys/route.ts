import { listAuditKeys } from "@/lib/audit/checkpoints/list-audit-keys";
import { listAuditKeysOperation } from "@/lib/contract/audit-checkpoints";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listAuditKeysOperation, async ({ db }) => ({
    status: 200,
    body: { items: await listAuditKeys(db) },
  })),
});
