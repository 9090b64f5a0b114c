import { z } from "zod";
import { admin, defineOperation } from "./operation";
import { Reason } from "./runs";
import { Cursor, FromPrev, Limit, pageOf } from "./paging";
import { StorableText } from "./storable-text";
import { Timestamp, Uuid } from "./values";

export const Organization = z
  .object({
    id: Uuid,
    slug: z.string(),
    name: z.string(),
    is_protected: z.boolean().meta({ description: "Whether canceling its runs needs a second person." }),
    created_at: Timestamp,
  })
  .meta({ id: "Organization", description: "A customer: owns runs, inference keys and webhooks." });
export type Organization = z.infer<typeof Organization>;

export const OrganizationPage = pageOf(Organization).meta({ id: "OrganizationPage" });
export type OrganizationPage = z.infer<typeof OrganizationPage>;

export const OrganizationListQuery = z.strictObject({
  q: StorableText(200).optional().meta({ description: "Part of the name, slug or email, or the whole id." }),
  limit: Limit,
  pq: Cursor,
  from_prev: FromPrev,
  protected: z.enum(["true"]).optional().meta({ description: "`true`: only protected organizations." }),
});
export type OrganizationListQuery = z.infer<typeof OrganizationListQuery>;

export const listOrganizationsOperation = defineOperation({
  id: "listOrganizations",
  method: "GET",
  path: "/v1/admin/organizations",
  summary: "Search organizations",
  description: "By name; with `q`, those with a word that begins with it come first.",
  access: admin("runs.read"),
  query: OrganizationListQuery,
  responses: { 200: { description: "A page of organizations.", body: OrganizationPage } },
});

export const getOrganizationOperation = defineOperation({
  id: "getOrganization",
  method: "GET",
  path: "/v1/admin/organizations/{organization_id}",
  summary: "Read an organization",
  access: admin("runs.read"),
  responses: { 200: { description: "The organization.", body: Organization } },
});

export const ProtectionBody = z.strictObject({ reason: Reason }).meta({ id: "ProtectionReason" });

export const protectOrganizationOperation = defineOperation({
  id: "protectOrganization",
  method: "POST",
  path: "/v1/admin/organizations/{organization_id}/protection",
  summary: "Protect an organization",
  description: "From now on, canceling its runs needs the approval of a second person.",
  access: admin("organizations.manage"),
  audits: "organization.protected",
  body: ProtectionBody,
  responses: {
    200: { description: "It was already protected; nothing changed.", body: Organization },
    201: { description: "This request protected it.", body: Organization },
  },
});

export const unprotectOrganizationOperation = defineOperation({
  id: "unprotectOrganization",
  method: "POST",
  path: "/v1/admin/organizations/{organization_id}/unprotection",
  summary: "Remove the protection of an organization",
  description: "Needs the approval of a second person: 409 `approval_required`.",
  access: admin("organizations.manage"),
  audits: "organization.unprotected",
  body: ProtectionBody,
  refusals: [409],
  responses: {
    200: { description: "It was not protected; nothing changed.", body: Organization },
    201: { description: "This request removed its protection.", body: Organization },
  },
});
