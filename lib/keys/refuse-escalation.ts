import type { CreateKeyBody } from "@/lib/contract/keys";
import { Refusal } from "@/lib/platform/errors";
import { type Caller, covers, type Reach } from "@/lib/states/caller";
import { INFERENCE_SCOPES, permissionsOfScope } from "@/lib/states/key-scopes";
import {
  grantsOwnersPermissions,
  isPermission,
  type Permission,
  permissionsOfServiceKey,
} from "@/lib/states/permissions";
import type { Owner } from "./find-key-owners";

/**
 * Prevents privilege escalation: no one can create a key that could do more than they can.
 * @param owner undefined for a person who can't own the key, which is refused elsewhere
 * @throws Refusal PERMISSION_DENIED `exceeds_own_permissions` for permissions that the caller lacks
 * @throws Refusal ORGANIZATION_MEMBERSHIP_REQUIRED for organizations that the caller lacks
 */
export function refuseBeyondCaller(caller: Caller, body: CreateKeyBody, owner: Owner | undefined): void {
  const needed = neededFor(body, owner, caller.kind === "session");
  const lacking = needed.filter((each) => !caller.permissions.has(each));
  if (lacking.length > 0) {
    const msg = `You can't give a key permissions that you don't have: ${lacking.join(", ")}.`;
    const loc = ["body", body.kind === "service" ? "scopes" : "kind"];
    throw new Refusal("PERMISSION_DENIED", {
      message: msg,
      errors: [{ type: "exceeds_own_permissions", loc, msg }],
    });
  }
  if (!covers(caller.reach, reachOf(body))) throw new Refusal("ORGANIZATION_MEMBERSHIP_REQUIRED");
}

/** The reach of a key with this body. */
export function reachOf(body: CreateKeyBody): Reach {
  if (body.kind === "inference") return { all: false, orgIds: [body.org_id.toLowerCase()] };
  if (body.reach.all) return { all: true };
  return { all: false, orgIds: body.reach.org_ids.map((id) => id.toLowerCase()) };
}

/** @param isPerson people see masked payloads; scripts that read runs always see payloads */
function neededFor(body: CreateKeyBody, owner: Owner | undefined, isPerson: boolean): Permission[] {
  const given = body.kind === "service" ? givenBy(body.scopes, owner) : INFERENCE_SCOPES;
  return [...new Set(isPerson ? given.flatMap(permissionsOfScope) : given)];
}

/**
 * The permissions that scopes request, whether or not the owner has them; `admin` alone requests the owner's.
 */
const givenBy = (scopes: readonly string[], owner: Owner | undefined): readonly Permission[] =>
  grantsOwnersPermissions(scopes)
    ? permissionsOfServiceKey(scopes, owner?.role ?? null)
    : scopes.filter(isPermission);
