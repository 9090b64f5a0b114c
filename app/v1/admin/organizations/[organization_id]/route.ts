import { getOrganizationOperation } from "@/lib/contract/organizations";
import { getOrganization } from "@/lib/organizations/get-organization";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getOrganizationOperation, async ({ db, caller, params }) => ({
    status: 200,
    body: await getOrganization(db, caller.reach, String(params["organization_id"])),
  })),
});
