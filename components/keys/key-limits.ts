import { permissionsOfScope } from "@/lib/states/key-scopes";
import { ADMIN_SCOPE } from "@/lib/states/permissions";
import type { KeyCreator } from "./key-creator";
import { type Preset, PRESET_SCOPES, type Scope, SCOPES } from "./presets";

/** The form's choice; the scopes count if the preset is custom. */
type Chosen = { preset: Preset; scopes: readonly Scope[] };

/** Why this creator can't give a scope to their key, or undefined. */
export const findScopeDisabledReason = (scope: Scope, creator: KeyCreator): string | undefined =>
  permissionsOfScope(scope).every((each) => creator.permissions.includes(each))
    ? undefined
    : "You don’t have this permission.";

/** Why this creator can't give a preset to their key, or undefined. */
export function findPresetDisabledReason(preset: Preset, creator: KeyCreator): string | undefined {
  // Anyone's own key may do everything that they may.
  if (preset === "custom" || preset === "owner") return undefined;
  const given = PRESET_SCOPES[preset].filter((scope) => scope !== ADMIN_SCOPE);
  const reasons = given.map((scope) => findScopeDisabledReason(scope, creator));
  // Read-only accepts any readable subset; canceling needs both of its scopes.
  const isGiven = preset === "read" ? reasons.includes(undefined) : reasons.every((reason) => !reason);
  return isGiven ? undefined : reasons.find((reason) => reason !== undefined);
}

/** Why this creator can't give their key access to all customers, or undefined. */
export const findReachDisabledReason = ({ reachesAll }: KeyCreator): string | undefined =>
  reachesAll ? undefined : "You don’t have access to all customers.";

export const canReachAll = ({ reach }: { reach: { all: boolean } }, creator: KeyCreator): boolean =>
  reach.all && creator.reachesAll;

export function effectiveScopes(draft: Chosen, creator: KeyCreator): Scope[] {
  const wanted = draft.preset === "custom" ? draft.scopes : PRESET_SCOPES[draft.preset];
  return SCOPES.filter((scope) => wanted.includes(scope) && !findScopeDisabledReason(scope, creator));
}
