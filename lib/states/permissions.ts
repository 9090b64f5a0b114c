/** A role is a set of permissions; a service key's scopes list permissions directly. */
export const PERMISSIONS = [
  "runs.read",
  "runs.create",
  "runs.cancel",
  "runs.cancel.bulk",
  "runs.payload.reveal",
  "audit.read",
  "audit.export",
  "audit.checkpoint",
  "security.read",
  "keys.read",
  "keys.manage",
  "people.manage",
  "models.manage",
  "organizations.manage",
  "webhooks.manage",
  "deliveries.redeliver",
  "billing.read",
  "operations.read",
  "operations.manage",
  "views.manage",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ["support", "auditor", "admin"] as const;
export type Role = (typeof ROLES)[number];

export const findRole = (text: string | null): Role | null => ROLES.find((known) => known === text) ?? null;

const SUPPORT: Permission[] = [
  "runs.read",
  "runs.cancel",
  "runs.payload.reveal",
  "audit.read",
  "keys.read",
  "deliveries.redeliver",
  "billing.read",
];
const AUDITOR: Permission[] = [
  "runs.read",
  "audit.read",
  "audit.export",
  "audit.checkpoint",
  "security.read",
  "keys.read",
  "billing.read",
];

export const ROLE_PERMISSIONS: Record<Role, readonly Permission[]> = {
  support: SUPPORT,
  auditor: AUDITOR,
  admin: PERMISSIONS.filter((permission) => permission !== "runs.create"),
};

/** What a customer's key may do, in its own organization only. */
export const INFERENCE_PERMISSIONS: readonly Permission[] = [
  "runs.read",
  "runs.create",
  "webhooks.manage",
  "deliveries.redeliver",
  "billing.read",
];

/** Admits a service key to `/v1/admin`. As the only scope, it grants everything the owner may do. */
export const ADMIN_SCOPE = "admin";

export const isPermission = (text: string): text is Permission => PERMISSIONS.some((known) => known === text);

/** Whether the scopes list no permissions, so that the owner's role alone decides. */
export const grantsOwnersPermissions = (scopes: readonly string[]): boolean =>
  scopes.length > 0 && scopes.every((scope) => scope === ADMIN_SCOPE);

/**
 * The permissions that its scopes list, limited to its owner's permissions.
 * @param role null for an owner without one
 */
export function permissionsOfServiceKey(scopes: readonly string[], role: Role | null): readonly Permission[] {
  const owners = role === null ? [] : ROLE_PERMISSIONS[role];
  return grantsOwnersPermissions(scopes) ? owners : owners.filter((each) => scopes.includes(each));
}

/**
 * The permissions that a person needs to give a key this permission or to own such a key. Includes revealing
 * payloads, because a key reads them unmasked.
 */
export const impliedPermissions = (permission: Permission): readonly Permission[] =>
  permission === "runs.read" ? ["runs.read", "runs.payload.reveal"] : [permission];

/**
 * The permissions of a customer's key. One that staff own for internal testing creates runs and does what its
 * owner's role includes.
 * @param role null for a customer's person
 */
export const permissionsOfInferenceKey = (role: Role | null): readonly Permission[] =>
  role === null
    ? INFERENCE_PERMISSIONS
    : INFERENCE_PERMISSIONS.filter(
        (each) =>
          each === "runs.create" ||
          impliedPermissions(each).every((needed) => ROLE_PERMISSIONS[role].includes(needed)),
      );
