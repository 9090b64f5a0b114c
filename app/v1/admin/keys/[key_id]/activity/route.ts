import { getKeyActivityOperation } from "@/lib/contract/keys";
import { findKeyActivity } from "@/lib/keys/find-key-activity";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { withListPool } from "@/lib/platform/paging/with-list-pool";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getKeyActivityOperation, async ({ caller, params }) => ({
    status: 200,
    body: await withListPool(caller, (lists) => findKeyActivity(lists, caller, String(params["key_id"]))),
  })),
});
