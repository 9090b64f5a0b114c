import {
  impliedPermissions,
  INFERENCE_PERMISSIONS,
  isPermission,
  type Permission,
  ROLE_PERMISSIONS,
  ROLES,
  type Role,
} from "./permissions";

/** What somebody must be allowed to do to give a key this scope, or to own a key that has it. */
export const permissionsOfScope = (scope: string): readonly Permission[] =>
  isPermission(scope) ? impliedPermissions(scope) : [];

/** What a customer's key is made of, but for what no member of staff has and every customer's key does: creating runs. */
export const INFERENCE_SCOPES: readonly Permission[] = INFERENCE_PERMISSIONS.filter(
  (permission) => permission !== "runs.create",
);

/** Staff who may own a customer's inference key, for internal testing: who may see what it reads. */
export const TESTER_ROLES: readonly Role[] = ROLES.filter((role) =>
  permissionsOfScope("runs.read").every((each) => ROLE_PERMISSIONS[role].includes(each)),
);
