import { removeFactorOperation } from "@/lib/contract/factors";
import { removeFactor } from "@/lib/factors/remove-factor";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(removeFactorOperation, async ({ db, caller, context, params }) => ({
    status: 200,
    body: await removeFactor(db, { caller, context, factorId: String(params["factor_id"]) }),
  })),
});
