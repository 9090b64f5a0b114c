import { SUSPENSION_HEADER, suspendKeyOperation } from "@/lib/contract/keys";
import { suspendKey } from "@/lib/keys/suspend-key";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(suspendKeyOperation, async ({ db, caller, context, params, body }) => {
    const command = { caller, context, keyId: String(params["key_id"]), ...body };
    const { outcome, key } = await suspendKey(db, command);
    return {
      status: outcome === "transitioned" ? 201 : 200,
      body: key,
      headers: { [SUSPENSION_HEADER]: outcome },
    };
  }),
});
