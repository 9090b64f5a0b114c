import { endSessionOperation } from "@/lib/contract/sessions";
import { endOwnSession } from "@/lib/identity/end-own-session";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(endSessionOperation, async ({ db, caller, context, params }) => {
    const command = { caller, context, sessionId: String(params["session_id"]) };
    const { outcome, session } = await endOwnSession(db, command);
    return { status: outcome === "transitioned" ? 201 : 200, body: session };
  }),
});
