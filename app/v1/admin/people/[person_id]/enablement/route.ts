import { enablePersonOperation } from "@/lib/contract/people";
import { enablePerson } from "@/lib/people/enable-person";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(enablePersonOperation, async ({ db, caller, context, params, body }) => {
    const command = { caller, context, personId: String(params["person_id"]), reason: body?.reason };
    const { outcome, person } = await enablePerson(db, command);
    return { status: outcome === "transitioned" ? 201 : 200, body: person };
  }),
});
