import { unprotectOrganizationOperation } from "@/lib/contract/organizations";
import { protectOrganization } from "@/lib/organizations/protect-organization";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(unprotectOrganizationOperation, async ({ db, caller, context, params, body: { reason } }) => {
    const organizationId = String(params["organization_id"]);
    const change = { caller, context, organizationId, reason, isProtected: false };
    const { outcome, organization } = await protectOrganization(db, change);
    return { status: outcome === "transitioned" ? 201 : 200, body: organization };
  }),
});
