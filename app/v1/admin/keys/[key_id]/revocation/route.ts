import { REVOCATION_HEADER, revokeKeyOperation } from "@/lib/contract/keys";
import { revokeKey } from "@/lib/keys/revoke-key";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(revokeKeyOperation, async ({ db, caller, context, params, body }) => {
    const command = { caller, context, keyId: String(params["key_id"]), reason: body.reason };
    const { outcome, key } = await revokeKey(db, command);
    return {
      status: outcome === "transitioned" ? 201 : 200,
      body: key,
      headers: { [REVOCATION_HEADER]: outcome },
    };
  }),
});
