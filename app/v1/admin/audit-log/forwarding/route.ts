import { listForwarding } from "@/lib/audit/stream/list-forwarding";
import { listAuditForwardingOperation } from "@/lib/contract/audit-forwarding";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listAuditForwardingOperation, async ({ db }) => ({
    status: 200,
    body: { items: await listForwarding(db) },
  })),
});
