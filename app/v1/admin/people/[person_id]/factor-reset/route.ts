import { resetFactorsOperation } from "@/lib/contract/people";
import { resetFactors } from "@/lib/people/reset-factors";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(resetFactorsOperation, async ({ db, caller, context, params, body }) => {
    const command = { caller, context, personId: String(params["person_id"]), reason: body?.reason };
    const { outcome, person } = await resetFactors(db, command);
    return { status: outcome === "transitioned" ? 201 : 200, body: person };
  }),
});
