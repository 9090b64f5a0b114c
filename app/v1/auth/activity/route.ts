import { reportActivityOperation } from "@/lib/contract/sessions";
import { noteSessionUse } from "@/lib/identity/note-session-use";
import { env } from "@/lib/platform/env/env";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(reportActivityOperation, async ({ db, caller }) => {
    await noteSessionUse(db, caller.credentialId);
    return { status: 200, body: { idle_minutes: env().SESSION_IDLE_MINUTES } };
  }),
});
