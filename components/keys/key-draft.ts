import type { CreateKeyBody, KeyOwner } from "@/lib/contract/keys";
import type { KeyKind } from "@/lib/states/key";
import { permissionsOfScope } from "@/lib/states/key-scopes";
import {
  ADMIN_SCOPE,
  findRole,
  PERMISSIONS,
  type Permission,
  permissionsOfServiceKey,
  ROLE_PERMISSIONS,
} from "@/lib/states/permissions";
import type { KeyCreator } from "./key-creator";
import { type Preset, PRESET_SCOPES, type Scope } from "./presets";

export const SCOPES: readonly Scope[] = [ADMIN_SCOPE, ...PERMISSIONS];

/** How long a new key works. */
export const LIFETIMES = [
  { days: 7, words: "For 7 days" },
  { days: 30, words: "For 30 days" },
  { days: 90, words: "For 90 days" },
  { days: 365, words: "For a year" },
  { days: null, words: "Until it is revoked" },
];

/** A script of ours is looked after, and gets another key in time; a customer's product must not stop by itself. */
export const USUAL_DAYS: Record<KeyKind, number | null> = { service: 90, inference: null };

/** What a person has chosen for a new key so far. */
export type KeyDraft = {
  kind: KeyKind;
  name: string;
  ownerId: string;
  /** Of an inference key. */
  orgId: string;
  /** Of a service key. */
  preset: Preset;
  /** What is ticked, where that is custom. */
  scopes: readonly Scope[];
  reachesAll: boolean;
  orgIds: readonly string[];
  /** Null for good. */
  days: number | null;
};

/** Why a scope can't go into a key of this creator for this owner, or undefined. */
export function findScopeDisabledReason(
  scope: Scope,
  creator: KeyCreator,
  owner: KeyOwner | undefined,
): string | undefined {
  const needed = permissionsOfScope(scope);
  if (needed.some((each) => !creator.permissions.includes(each))) return "You may not do this yourself.";
  const role = findRole(owner?.role ?? null);
  if (!role || needed.every((each) => ROLE_PERMISSIONS[role].includes(each))) return undefined;
  return ROLE_PERMISSIONS[role].some((each) => each === scope)
    ? "Its owner may not reveal payloads."
    : "Its owner’s role doesn’t include it.";
}

/** Why a preset makes no key of this creator for this owner, or undefined. */
export function findPresetDisabledReason(
  preset: Preset,
  creator: KeyCreator,
  owner: KeyOwner | undefined,
): string | undefined {
  if (preset === "custom") return undefined;
  if (preset === "owner") return firstBarrier(ownersPermissions(owner), creator, owner);
  const given = PRESET_SCOPES[preset].filter((scope) => scope !== ADMIN_SCOPE);
  const isPossible = (scope: Scope) => !findScopeDisabledReason(scope, creator, owner);
  // To read is to read what can be read; to cancel takes both.
  const isGiven = preset === "read" ? given.some(isPossible) : given.every(isPossible);
  return isGiven ? undefined : firstBarrier(given, creator, owner);
}

const firstBarrier = (scopes: readonly Scope[], creator: KeyCreator, owner: KeyOwner | undefined) =>
  scopes
    .map((scope) => findScopeDisabledReason(scope, creator, owner))
    .find((disabledReason) => disabledReason !== undefined);

const ownersPermissions = (owner: KeyOwner | undefined): readonly Permission[] =>
  permissionsOfServiceKey([ADMIN_SCOPE], findRole(owner?.role ?? null));

/** Whether an owner reaches a customer, and with null all of them. */
export const ownerReaches = (owner: KeyOwner | undefined, orgId: string | null): boolean =>
  owner === undefined || owner.reach.all || (orgId !== null && (owner.reach.org_ids ?? []).includes(orgId));

/** What is asked of the server. What has become impossible since it was chosen is left out, as the form shows it. */
export function toBody(
  draft: KeyDraft,
  creator: KeyCreator,
  owner: KeyOwner | undefined,
  now: number,
): CreateKeyBody {
  const { kind, name, ownerId: owner_id, days } = draft;
  const expires_at = days === null ? null : new Date(now + days * 86_400_000).toISOString();
  const common = { name: name.trim(), owner_id, expires_at };
  if (kind === "inference") return { ...common, kind, org_id: draft.orgId };
  const reach = canReachAll(draft, creator, owner)
    ? { all: true as const }
    : { all: false as const, org_ids: draft.orgIds.filter((id) => ownerReaches(owner, id)) };
  return { ...common, kind, scopes: effectiveScopes(draft, creator, owner), reach };
}

/** Why a key of this creator for this owner can't reach all customers, or undefined. */
export function findReachDisabledReason(
  creator: KeyCreator,
  owner: KeyOwner | undefined,
): string | undefined {
  if (!creator.reachesAll) return "You don’t reach all of them yourself.";
  return ownerReaches(owner, null) ? undefined : "Its owner doesn’t reach all of them.";
}

export const canReachAll = (draft: KeyDraft, creator: KeyCreator, owner: KeyOwner | undefined): boolean =>
  draft.reachesAll && !findReachDisabledReason(creator, owner);

export function effectiveScopes(draft: KeyDraft, creator: KeyCreator, owner: KeyOwner | undefined): Scope[] {
  const wanted = draft.preset === "custom" ? draft.scopes : PRESET_SCOPES[draft.preset];
  return SCOPES.filter((scope) => wanted.includes(scope) && !findScopeDisabledReason(scope, creator, owner));
}
