import { listSecurityEventsOperation } from "@/lib/contract/security";
import { bind, endpoint } from "@/lib/http/endpoint";
import { listApart } from "@/lib/paging/list-apart";
import { findSecurityEvents } from "@/lib/security/find-security-events";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listSecurityEventsOperation, async ({ caller, query }) => ({
    status: 200,
    body: await listApart(caller, (db) => findSecurityEvents(db, caller.reach, query)),
  })),
});
