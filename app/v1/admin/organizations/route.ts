import { listOrganizationsOperation } from "@/lib/contract/organizations";
import { findOrganizations } from "@/lib/organizations/find-organizations";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { withListPool } from "@/lib/platform/paging/with-list-pool";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listOrganizationsOperation, async ({ caller, query }) => ({
    status: 200,
    body: await withListPool(caller, (lists) => findOrganizations(lists, caller.reach, query)),
  })),
});
