import { listSecurityEventsOperation } from "@/lib/contract/security";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { findSecurityEvents } from "@/lib/security/find-security-events";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listSecurityEventsOperation, async ({ caller, query }) => ({
    status: 200,
    body: await withListPool(caller, (db) => findSecurityEvents(db, caller.reach, query)),
  })),
});
