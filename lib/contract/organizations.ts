import { z } from "zod";
import { admin, defineOperation } from "./operation";
import { Cursor, FromPrev, Limit, pageOf } from "./paging";
import { StorableText } from "./storable-text";
import { Timestamp, Uuid } from "./values";

export const Organization = z
  .object({ id: Uuid, slug: z.string(), name: z.string(), created_at: Timestamp })
  .meta({ id: "Organization", description: "A customer: owns runs, inference keys and webhooks." });
export type Organization = z.infer<typeof Organization>;

export const OrganizationPage = pageOf(Organization).meta({ id: "OrganizationPage" });
export type OrganizationPage = z.infer<typeof OrganizationPage>;

export const OrganizationListQuery = z.strictObject({
  q: StorableText(200).optional().meta({ description: "Part of the name, slug or email, or the whole id." }),
  limit: Limit,
  pq: Cursor,
  from_prev: FromPrev,
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
