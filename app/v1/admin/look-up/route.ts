import { lookUpOperation } from "@/lib/contract/look-up";
import type { OrganizationName } from "@/lib/organizations/list-organizations";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { type LookUp, lookUp } from "@/lib/runs/look-up";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(lookUpOperation, async ({ caller, query }) => {
    const { alike = [], ...found }: LookUp & { alike?: OrganizationName[] } = await withListPool(
      caller,
      (lists) => lookUp(lists, caller, query.text),
    );
    return {
      status: 200,
      body: { id: null, q: null, ticket: null, message: null, did_you_mean: alike, ...found },
    };
  }),
});
