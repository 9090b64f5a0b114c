import type { CreateKeyBody, ServiceKeyBody } from "@/lib/contract/keys";
import { invalid, Refusal } from "@/lib/platform/errors";
import { type Caller, covers, type Reach } from "@/lib/states/caller";
import { INFERENCE_SCOPES, permissionsOfScope } from "@/lib/states/key-scopes";
import {
  grantsOwnersPermissions,
  isPermission,
  type Permission,
  permissionsOfServiceKey,
  ROLE_PERMISSIONS,
} from "@/lib/states/permissions";
import type { Owner } from "./find-key-owners";

/**
 * Nobody makes a key that could do more than they can, or for somebody who can do less than it.
 * @param owner undefined for somebody who can't own the key, which is refused as such
 * @throws Refusal PERMISSION_DENIED `exceeds_own_permissions` for what the caller may not do themselves
 * @throws Refusal ORGANIZATION_MEMBERSHIP_REQUIRED for what the caller does not reach themselves
 */
export function refuseBeyondCaller(caller: Caller, body: CreateKeyBody, owner: Owner | undefined): void {
  const needed = neededFor(body, owner, caller.kind === "session");
  const lacking = needed.filter((each) => !caller.permissions.has(each));
  if (lacking.length > 0) {
    const msg = `You can't give a key what you may not do yourself: ${lacking.join(", ")}.`;
    const loc = ["body", body.kind === "service" ? "scopes" : "kind"];
    throw new Refusal("PERMISSION_DENIED", {
      message: msg,
      errors: [{ type: "exceeds_own_permissions", loc, msg }],
    });
  }
  if (!covers(caller.reach, reachOf(body))) throw new Refusal("ORGANIZATION_MEMBERSHIP_REQUIRED");
}

/** @throws Refusal VALIDATION_ERROR `exceeds_owner` where a service key could do more than its owner */
export function refuseBeyondOwner(owner: Owner, body: ServiceKeyBody): void {
  const own = owner.role ? ROLE_PERMISSIONS[owner.role] : [];
  const lacking = neededFor(body, owner, true).filter((each) => !own.includes(each));
  const refuse = (msg: string) => invalid(["body", "owner_id"], "exceeds_owner", msg);
  if (lacking.length > 0) throw refuse(`The owner's role does not include ${lacking.join(", ")}.`);
  if (!covers(owner.reach, reachOf(body))) throw refuse("The owner does not reach all that the key would.");
}

/** The reach that a key would have. */
export function reachOf(body: CreateKeyBody): Reach {
  if (body.kind === "inference") return { all: false, orgIds: [body.org_id.toLowerCase()] };
  if (body.reach.all) return { all: true };
  return { all: false, orgIds: body.reach.org_ids.map((id) => id.toLowerCase()) };
}

/** @param isPerson to whom payloads are masked: a script that reads runs sees them already */
function neededFor(body: CreateKeyBody, owner: Owner | undefined, isPerson: boolean): Permission[] {
  const given = body.kind === "service" ? givenBy(body.scopes, owner) : INFERENCE_SCOPES;
  return [...new Set(isPerson ? given.flatMap(permissionsOfScope) : given)];
}

/** The permissions that scopes ask for, whether or not the owner has them; `admin` alone asks for the owner's. */
const givenBy = (scopes: readonly string[], owner: Owner | undefined): readonly Permission[] =>
  grantsOwnersPermissions(scopes)
    ? permissionsOfServiceKey(scopes, owner?.role ?? null)
    : scopes.filter(isPermission);
