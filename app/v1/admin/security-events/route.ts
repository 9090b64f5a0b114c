import { listSecurityEventsOperation } from "@/lib/contract/security";
import { bind, endpoint } from "@/lib/http/endpoint";
import { findSecurityEvents } from "@/lib/security/find-security-events";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listSecurityEventsOperation, async ({ db, caller, query }) => ({
    status: 200,
    body: await findSecurityEvents(db, caller.reach, query),
  })),
});
