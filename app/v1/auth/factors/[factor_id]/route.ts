import { renameFactorOperation } from "@/lib/contract/factors";
import { renameFactor } from "@/lib/factors/change-factor";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  PATCH: bind(renameFactorOperation, async ({ db, caller, params, body }) => ({
    status: 200,
    body: await renameFactor(db, caller, { factorId: String(params["factor_id"]), name: body.name }),
  })),
});
