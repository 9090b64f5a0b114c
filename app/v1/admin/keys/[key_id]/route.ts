import { getKeyOperation } from "@/lib/contract/keys";
import { bind, endpoint } from "@/lib/http/endpoint";
import { getKey } from "@/lib/keys/get-key";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getKeyOperation, async ({ db, caller, params }) => ({
    status: 200,
    body: await getKey(db, caller.reach, String(params["key_id"])),
  })),
});
