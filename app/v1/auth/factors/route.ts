import { addFactorOperation, listFactorsOperation } from "@/lib/contract/factors";
import { addFactor } from "@/lib/factors/add-factor";
import { findFactors } from "@/lib/factors/find-factors";
import { readTicketCookie } from "@/lib/identity/ticket";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listFactorsOperation, async ({ db, caller }) => ({
    status: 200,
    body: await findFactors(db, caller.person.id),
  })),
  POST: bind(addFactorOperation, async ({ db, caller, context, body, raw }) => {
    const ticket = readTicketCookie(raw.headers, "challenge");
    return { status: 201, body: await addFactor(db, { caller, context, body, ticket }) };
  }),
});
