import type { UserRow } from "./find-users";

export const USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";

/** A person as a SCIM resource. */
export const toUser = (row: UserRow, baseUrl: string) => ({
  schemas: [USER_SCHEMA],
  id: row.id,
  ...(row.external_id !== null && { externalId: row.external_id }),
  userName: row.user_name ?? row.email,
  displayName: row.name,
  name: { formatted: row.name },
  emails: [{ value: row.email, type: "work", primary: true }],
  active: !row.is_disabled,
  meta: {
    resourceType: "User",
    created: row.created_at.toISOString(),
    lastModified: row.updated_at.toISOString(),
    location: `${baseUrl}/scim/v2/Users/${row.id}`,
  },
});
export type UserResource = ReturnType<typeof toUser>;
