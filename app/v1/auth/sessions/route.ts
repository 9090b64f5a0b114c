import { listSessionsOperation } from "@/lib/contract/sessions";
import { findOwnSessions } from "@/lib/identity/own-sessions";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listSessionsOperation, async ({ db, caller }) => ({
    status: 200,
    body: { items: await findOwnSessions(db, caller) },
  })),
});
