import { ApiError } from "@/lib/client/api-error";
import type { KeyOwner } from "@/lib/contract/keys";
import { ADMIN_SCOPE } from "@/lib/states/permissions";
import type { KeyCreator } from "./key-creator";
import {
  canReachAll,
  effectiveScopes,
  findPresetDisabledReason,
  ownerReaches,
  type KeyDraft,
} from "./key-draft";

type Subject = { draft: KeyDraft; creator: KeyCreator; owner: KeyOwner | undefined };

/**
 * What is wrong with each field: what can be seen here, or what the server said of it.
 * @returns `first`: where to go to put right what can be seen; `isPlaced`: what the server said has its place
 */
export function findProblems({ draft, creator, owner }: Subject, error: Error | null, isAsked: boolean) {
  const items = (error instanceof ApiError && error.errors) || [];
  const at = (field: string) => items.find(({ loc }) => loc[0] === "body" && loc.includes(field))?.msg;
  const isService = draft.kind === "service";
  const lacksName = isAsked && !draft.name.trim();
  const lacksOwner = isAsked && !owner;
  const lacksReach =
    isAsked &&
    isService &&
    !canReachAll(draft, creator, owner) &&
    !draft.orgIds.some((id) => ownerReaches(owner, id));
  const disabledReason = isService ? findPresetDisabledReason(draft.preset, creator, owner) : undefined;
  // What is left after its owner's limits must not be `admin` alone, which is everything.
  const lacksScopes =
    isAsked &&
    isService &&
    draft.preset !== "owner" &&
    effectiveScopes(draft, creator, owner).every((scope) => scope === ADMIN_SCOPE);
  const problems = {
    name: lacksName ? "Enter a name by which it is recognized." : at("name"),
    owner_id: lacksOwner ? "Choose who answers for it." : at("owner_id"),
    org_id: at("org_id"),
    expires_at: at("expires_at"),
    reach: lacksReach ? "Choose at least one customer." : at("reach"),
    scopes:
      isAsked && disabledReason
        ? `Choose something else: ${disabledReason}`
        : lacksScopes
          ? "Choose at least one thing that it may do, beside admin."
          : at("scopes"),
  };
  const first = lacksName
    ? "#key-name"
    : lacksOwner
      ? "#key-owner"
      : lacksReach
        ? "[name=key-reach]:checked"
        : isAsked && disabledReason
          ? "[name=key-preset]:enabled"
          : lacksScopes
            ? "[name=key-scope]:enabled"
            : undefined;
  return { ...problems, first, isPlaced: items.length > 0 && Object.values(problems).some(Boolean) };
}
