import { RESUMPTION_HEADER, resumeKeyOperation } from "@/lib/contract/keys";
import { resumeKey } from "@/lib/keys/suspend-key";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(resumeKeyOperation, async ({ db, caller, context, params, body }) => {
    const command = { caller, context, keyId: String(params["key_id"]), reason: body?.reason ?? null };
    const { outcome, key } = await resumeKey(db, command);
    return {
      status: outcome === "transitioned" ? 201 : 200,
      body: key,
      headers: { [RESUMPTION_HEADER]: outcome },
    };
  }),
});
