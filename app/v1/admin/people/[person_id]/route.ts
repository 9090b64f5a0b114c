import { getPersonOperation, updatePersonOperation } from "@/lib/contract/people";
import { getPerson } from "@/lib/people/get-person";
import { updatePerson } from "@/lib/people/update-person";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getPersonOperation, async ({ db, caller, params }) => ({
    status: 200,
    body: await getPerson(db, caller.reach, String(params["person_id"])),
  })),
  PATCH: bind(updatePersonOperation, async ({ db, caller, context, params, body }) => ({
    status: 200,
    body: await updatePerson(db, { caller, context, personId: String(params["person_id"]), body }),
  })),
});
