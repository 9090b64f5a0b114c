import { lookUpOperation } from "@/lib/contract/look-up";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { lookUp } from "@/lib/runs/look-up";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(lookUpOperation, async ({ caller, query }) => {
    const found = await withListPool(caller, (lists) => lookUp(lists, caller.reach, query.text));
    return { status: 200, body: { id: null, q: null, ...found } };
  }),
});
