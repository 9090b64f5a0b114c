import { getKeyOperation } from "@/lib/contract/keys";
import { getKey } from "@/lib/keys/get-key";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getKeyOperation, async ({ db, caller, params }) => ({
    status: 200,
    body: await getKey(db, caller.reach, String(params["key_id"])),
  })),
});
