import type { ChosenReach } from "@/components/reach/reach-choice";
import type { Customer } from "@/lib/client/organizations";
import type { ApiKey, CreateKeyBody, KeyOwner } from "@/lib/contract/keys";
import type { KeyKind } from "@/lib/states/key";
import { ADMIN_SCOPE, grantsOwnersPermissions } from "@/lib/states/permissions";
import type { KeyCreator } from "./key-creator";
import { canReachAll, effectiveScopes, findPresetDisabledReason } from "./key-limits";
import { type Preset, PRESET_SCOPES, type Scope, SCOPES } from "./presets";

/** How long a new key is valid. */
export const LIFETIMES = [
  { days: 7, words: "In 7 days" },
  { days: 30, words: "In 30 days" },
  { days: 90, words: "In 90 days" },
  { days: 365, words: "In a year" },
  { days: null, words: "Never" },
];

/** Staff replace a script's key in time; a customer's product must not stop without warning. */
export const USUAL_DAYS: Record<KeyKind, number | null> = { service: 90, inference: null };

/** The form values of a new key. */
export type KeyDraft = {
  kind: KeyKind;
  name: string;
  /** For inference keys; a service key is its creator's. */
  ownerId: string;
  customer: Customer | undefined;
  /** For service keys. */
  preset: Preset;
  /** The selected scopes; they count if the preset is custom. */
  scopes: readonly Scope[];
  reach: ChosenReach;
  /** Null if it never expires. */
  days: number | null;
};

/** The request body. Omits choices that are no longer possible, as the form does. */
export function toBody(
  draft: KeyDraft,
  creator: KeyCreator,
  owner: KeyOwner | undefined,
  now: number,
): CreateKeyBody {
  const { kind, name, customer, days } = draft;
  const expires_at = days === null ? null : new Date(now + days * 86_400_000).toISOString();
  if (kind === "inference")
    return { kind, name, owner_id: owner?.id ?? "", org_id: customer?.id ?? "", expires_at };
  const reach = canReachAll(draft, creator)
    ? { all: true as const }
    : { all: false as const, org_ids: draft.reach.customers.map(({ id }) => id) };
  return { kind, name, scopes: effectiveScopes(draft, creator), reach, expires_at };
}

/** Validation messages, checked before sending. */
export function findMissing(draft: KeyDraft, creator: KeyCreator, owner: KeyOwner | undefined) {
  const { name, kind, preset, reach } = draft;
  const isService = kind === "service";
  const disabledReason = findPresetDisabledReason(preset, creator);
  // After the creator's limits, `admin` alone must not remain: it grants everything.
  const isEmpty =
    preset !== "owner" && grantsOwnersPermissions([ADMIN_SCOPE, ...effectiveScopes(draft, creator)]);
  return {
    name: !name.trim() && "Enter a name.",
    ownerId: !isService && !owner && "Choose an owner.",
    customer: !isService && !draft.customer && "Choose a customer.",
    reach:
      isService &&
      !canReachAll(draft, creator) &&
      reach.customers.length === 0 &&
      "Choose at least one customer.",
    scopes:
      isService &&
      (disabledReason
        ? `Choose other permissions. ${disabledReason}`
        : isEmpty && "Choose at least one permission besides admin."),
  };
}

const DAY_MS = 86_400_000;

/**
 * The draft of a replacement key: the same permissions, customers and lifetime.
 * @param customers the customers that the key lists
 */
export function copyKey(key: ApiKey, customers: Customer[]): KeyDraft {
  const { kind, name, owner, org_id, reach, created_at, expires_at } = key;
  const scopes = SCOPES.filter((scope) => key.scopes?.includes(scope));
  const preset = (["cancel", "read", "owner"] as const).find(
    (known) => PRESET_SCOPES[known].toSorted().join() === key.scopes?.toSorted().join(),
  );
  const worked = expires_at === null ? Infinity : (Date.parse(expires_at) - Date.parse(created_at)) / DAY_MS;
  const lifetime = LIFETIMES.find(({ days }) => days !== null && worked <= days + 0.5);
  return {
    kind,
    name,
    ownerId: owner.id,
    customer: customers.find(({ id }) => id === org_id),
    preset: preset ?? "custom",
    scopes,
    reach: { all: reach.all, customers },
    days: lifetime?.days ?? (expires_at === null ? null : 365),
  };
}

/**
 * The default draft for each kind.
 * @param customer the one whose list is on screen, if any
 */
export function startDraft(creator: KeyCreator, customer: Customer | undefined): KeyDraft {
  const kind = customer ? "inference" : "service";
  return {
    kind,
    name: "",
    ownerId: "",
    customer,
    preset: "cancel",
    scopes: [],
    reach: { all: creator.reachesAll && !customer, customers: customer ? [customer] : [] },
    days: USUAL_DAYS[kind],
  };
}
