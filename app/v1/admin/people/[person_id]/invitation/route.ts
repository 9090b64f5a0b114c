import { renewInvitationOperation } from "@/lib/contract/people";
import { renewInvitation } from "@/lib/people/renew-invitation";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(renewInvitationOperation, async ({ db, caller, context, params, body }) => ({
    status: 201,
    body: await renewInvitation(db, {
      caller,
      context,
      personId: String(params["person_id"]),
      reason: body?.reason,
    }),
  })),
});
