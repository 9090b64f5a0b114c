import type { KeyOwner } from "@/lib/contract/keys";
import { permissionsOfScope } from "@/lib/states/key-scopes";
import {
  ADMIN_SCOPE,
  findRole,
  type Permission,
  permissionsOfServiceKey,
  ROLE_PERMISSIONS,
} from "@/lib/states/permissions";
import type { KeyCreator } from "./key-creator";
import { type Preset, PRESET_SCOPES, type Scope, SCOPES } from "./presets";

/** The form's choice; the scopes count if the preset is custom. */
type Chosen = { preset: Preset; scopes: readonly Scope[] };

/** A key can do no more than the person who creates it and the person who owns it. */
export type Party = { creator: KeyCreator; owner: KeyOwner | undefined };

/** Why this creator can't give a scope to a key with this owner, or undefined. */
export function findScopeDisabledReason(scope: Scope, { creator, owner }: Party): string | undefined {
  const needed = permissionsOfScope(scope);
  if (needed.some((each) => !creator.permissions.includes(each))) return "You don’t have this permission.";
  const role = findRole(owner?.role ?? null);
  if (!role || needed.every((each) => ROLE_PERMISSIONS[role].includes(each))) return undefined;
  return ROLE_PERMISSIONS[role].some((each) => each === scope)
    ? "Its owner can’t reveal payloads."
    : "Its owner’s role doesn’t include it.";
}

/** Why this creator can't give a preset to a key with this owner, or undefined. */
export function findPresetDisabledReason(preset: Preset, party: Party): string | undefined {
  if (preset === "custom") return undefined;
  if (preset === "owner") return firstReason(ownersPermissions(party.owner), party);
  const given = PRESET_SCOPES[preset].filter((scope) => scope !== ADMIN_SCOPE);
  const isPossible = (scope: Scope) => !findScopeDisabledReason(scope, party);
  // Read-only accepts any readable subset; canceling needs both of its scopes.
  const isGiven = preset === "read" ? given.some(isPossible) : given.every(isPossible);
  return isGiven ? undefined : firstReason(given, party);
}

const firstReason = (scopes: readonly Scope[], party: Party) =>
  scopes.map((scope) => findScopeDisabledReason(scope, party)).find((reason) => reason !== undefined);

const ownersPermissions = (owner: KeyOwner | undefined): readonly Permission[] =>
  permissionsOfServiceKey([ADMIN_SCOPE], findRole(owner?.role ?? null));

/** Whether an owner has access to a customer, or to all customers if null. */
export const ownerReaches = (owner: KeyOwner | undefined, orgId: string | null): boolean =>
  owner === undefined || owner.reach.all || (orgId !== null && (owner.reach.org_ids ?? []).includes(orgId));

/** Why this creator can't give a key with this owner access to all customers, or undefined. */
export function findReachDisabledReason({ creator, owner }: Party): string | undefined {
  if (!creator.reachesAll) return "You don’t have access to all customers.";
  return ownerReaches(owner, null) ? undefined : "Its owner doesn’t have access to all customers.";
}

export const canReachAll = ({ reach }: { reach: { all: boolean } }, party: Party): boolean =>
  reach.all && !findReachDisabledReason(party);

export function effectiveScopes(draft: Chosen, party: Party): Scope[] {
  const wanted = draft.preset === "custom" ? draft.scopes : PRESET_SCOPES[draft.preset];
  return SCOPES.filter((scope) => wanted.includes(scope) && !findScopeDisabledReason(scope, party));
}
