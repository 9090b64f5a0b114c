import type { ApiKey, CreateKeyBody } from "@/lib/contract/keys";
import type { KeyKind } from "@/lib/states/key";
import { ADMIN_SCOPE, grantsOwnersPermissions } from "@/lib/states/permissions";
import type { KeyCreator, Org } from "./key-creator";
import {
  canReachAll,
  effectiveScopes,
  findPresetDisabledReason,
  ownerReaches,
  type Party,
} from "./key-limits";
import { type Preset, PRESET_SCOPES, type Scope, SCOPES } from "./presets";

/** How long a new key works. */
export const LIFETIMES = [
  { days: 7, words: "In 7 days" },
  { days: 30, words: "In 30 days" },
  { days: 90, words: "In 90 days" },
  { days: 365, words: "In a year" },
  { days: null, words: "Never" },
];

/** A staff script gets another key in time; a customer's product must not stop by itself. */
export const USUAL_DAYS: Record<KeyKind, number | null> = { service: 90, inference: null };

/** What a person has chosen for a new key so far; the names are those of the request where it has them. */
export type KeyDraft = {
  kind: KeyKind;
  name: string;
  owner_id: string;
  /** Of an inference key. */
  org_id: string;
  /** Of a service key. */
  preset: Preset;
  /** What is ticked, where that is custom. */
  scopes: readonly Scope[];
  reach: { all: boolean; org_ids: readonly string[] };
  /** Null if it never expires. */
  days: number | null;
};

/** The request. What has become impossible since it was chosen is left out, as the form shows it. */
export function toBody(draft: KeyDraft, party: Party, now: number): CreateKeyBody {
  const { kind, name, org_id, days } = draft;
  const expires_at = days === null ? null : new Date(now + days * 86_400_000).toISOString();
  const common = { name, owner_id: party.owner?.id ?? "", expires_at };
  if (kind === "inference") return { ...common, kind, org_id };
  const reach = canReachAll(draft, party)
    ? { all: true as const }
    : { all: false as const, org_ids: draft.reach.org_ids.filter((id) => ownerReaches(party.owner, id)) };
  return { ...common, kind, scopes: effectiveScopes(draft, party), reach };
}

/** What the form asks for before anything is sent. */
export function findMissing(draft: KeyDraft, party: Party) {
  const { name, kind, preset, reach } = draft;
  const isService = kind === "service";
  const disabledReason = findPresetDisabledReason(preset, party);
  // What the owner's limits leave must not be `admin` alone, which grants everything.
  const isEmpty =
    preset !== "owner" && grantsOwnersPermissions([ADMIN_SCOPE, ...effectiveScopes(draft, party)]);
  return {
    name: !name.trim() && "Enter a name.",
    owner_id: !party.owner && "Choose an owner.",
    org_id: !isService && !draft.org_id && "Choose a customer.",
    reach:
      isService &&
      !canReachAll(draft, party) &&
      !reach.org_ids.some((id) => ownerReaches(party.owner, id)) &&
      "Choose at least one customer.",
    scopes:
      isService &&
      (disabledReason
        ? `Choose other permissions. ${disabledReason}`
        : isEmpty && "Choose at least one permission besides admin."),
  };
}

const DAY_MS = 86_400_000;

/** The draft of a key that takes another one's place: what it may do and for whom, for as long again. */
export function copyKey(key: ApiKey): KeyDraft {
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
    owner_id: owner.id,
    org_id: org_id ?? "",
    preset: preset ?? "custom",
    scopes,
    reach: { all: reach.all, org_ids: reach.org_ids ?? [] },
    days: lifetime?.days ?? (expires_at === null ? null : 365),
  };
}

/** The usual key of each kind; one for the person who creates it, of the customer that the list shows. */
export function startDraft(creator: KeyCreator, orgs: readonly Org[], chosenOrg: string): KeyDraft {
  const org = orgs.find(({ slug }) => slug === chosenOrg);
  const kind = org ? "inference" : "service";
  return {
    kind,
    name: "",
    owner_id: org ? "" : creator.id,
    org_id: (org ?? orgs[0])?.id ?? "",
    preset: "cancel",
    scopes: [],
    reach: { all: creator.reachesAll && !org, org_ids: org ? [org.id] : [] },
    days: USUAL_DAYS[kind],
  };
}
