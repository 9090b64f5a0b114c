import type { ApprovalKind } from "@/lib/states/approval";
import {
  ADMIN_SCOPE,
  INFERENCE_PERMISSIONS,
  type Permission,
  ROLE_PERMISSIONS,
  type Role,
  ROLES,
} from "@/lib/states/permissions";
import type { Operation } from "../operation";

/** Who may call an operation, derived from its declaration; `x-callers` in the OpenAPI document. */
export type Callers = {
  /** `everyone`: without a credential. `provider`: with the compute provider's signature. */
  by: "everyone" | "provider" | "credential";
  /** What people and keys need, or null if any credential is enough. */
  permission: Permission | null;
  /** The roles whose people may call it. */
  roles: readonly Role[];
  /** The scopes that admit a service key, one of the lists; empty if none does. */
  service_key_scopes: readonly (readonly string[])[];
  inference_key: boolean;
  step_up: boolean;
  /** When a second person must approve it first, or null. */
  approval: string | null;
};

/** The operation that each kind of approval is for, and when it needs one. */
const APPROVALS: Record<ApprovalKind, { operations: readonly string[]; when: string }> = {
  "run.cancel": { operations: ["cancelRun"], when: "The run's customer is protected." },
  "batch.start": {
    operations: ["startCancellationBatch", "retryCancellationBatch"],
    when: "The batch contains runs of a protected customer, or more runs than the deployment allows.",
  },
  "person.grant_admin": {
    operations: ["invitePerson", "updatePerson", "enablePerson"],
    when: "The person becomes an admin or is enabled as one, and the deployment requires approval for that.",
  },
  "organization.unprotect": { operations: ["unprotectOrganization"], when: "Always." },
};

const findApproval = (id: string): string | null =>
  Object.values(APPROVALS).find(({ operations }) => operations.includes(id))?.when ?? null;

export function describeCallers({ id, access, stepUp }: Operation): Callers {
  const nobody = { permission: null, roles: [], service_key_scopes: [], inference_key: false };
  const besides = { step_up: stepUp === true, approval: findApproval(id) };
  if (access.by === "anyone") return { by: "everyone", ...nobody, ...besides };
  if (access.by === "provider") return { by: "provider", ...nobody, ...besides };
  const { permission, admin, session } = access;
  const roles = ROLES.filter((role) => permission === null || ROLE_PERMISSIONS[role].includes(permission));
  // A service key never has more permissions than the role of its owner.
  const takesServiceKey = !session && roles.length > 0;
  return {
    by: "credential",
    permission,
    roles,
    service_key_scopes: takesServiceKey ? scopesFor(permission, admin) : [],
    inference_key: !session && !admin && (permission === null || INFERENCE_PERMISSIONS.includes(permission)),
    ...besides,
  };
}

/** `admin` alone grants its owner's permissions; with other scopes, only those. */
function scopesFor(permission: Permission | null, admin: boolean): string[][] {
  if (permission === null) return [[]];
  return [[ADMIN_SCOPE], admin ? [ADMIN_SCOPE, permission] : [permission]];
}
