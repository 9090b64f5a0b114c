import {
  impliedPermissions,
  INFERENCE_PERMISSIONS,
  isPermission,
  type Permission,
  ROLE_PERMISSIONS,
  ROLES,
  type Role,
} from "./permissions";

/** The permissions that a person needs to give a key this scope or to own such a key. */
export const permissionsOfScope = (scope: string): readonly Permission[] =>
  isPermission(scope) ? impliedPermissions(scope) : [];

/**
 * An inference key's permissions except creating runs, which every customer's key can do and no staff role
 * includes.
 */
export const INFERENCE_SCOPES: readonly Permission[] = INFERENCE_PERMISSIONS.filter(
  (permission) => permission !== "runs.create",
);

/** Staff who may own a customer's inference key for internal testing: those who may see what it reads. */
export const TESTER_ROLES: readonly Role[] = ROLES.filter((role) =>
  permissionsOfScope("runs.read").every((each) => ROLE_PERMISSIONS[role].includes(each)),
);
