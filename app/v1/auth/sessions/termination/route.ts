import { endOtherSessionsOperation } from "@/lib/contract/sessions";
import { endOtherSessions } from "@/lib/identity/end-own-session";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(endOtherSessionsOperation, async ({ db, caller, context }) => ({
    status: 200,
    body: { ended: await endOtherSessions(db, { caller, context }) },
  })),
});
