import { disablePersonOperation } from "@/lib/contract/people";
import { disablePerson } from "@/lib/people/disable-person";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(disablePersonOperation, async ({ db, caller, context, params, body }) => {
    const command = { caller, context, personId: String(params["person_id"]), reason: body.reason };
    const { outcome, person, ended } = await disablePerson(db, command);
    return { status: outcome === "transitioned" ? 201 : 200, body: { ...person, ended } };
  }),
});
