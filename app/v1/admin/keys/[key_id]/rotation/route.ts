import { rotateKeyOperation } from "@/lib/contract/keys";
import { rotateKey } from "@/lib/keys/rotate-key";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(rotateKeyOperation, async ({ db, caller, context, params, body }) => {
    const key = await rotateKey(db, { caller, context, keyId: String(params["key_id"]), body });
    return { status: 201, body: key, headers: { Location: `/v1/admin/keys/${key.id}` } };
  }),
});
