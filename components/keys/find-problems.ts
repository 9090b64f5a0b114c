import { ApiError } from "@/lib/client/api-error";
import type { KeyOwner } from "@/lib/contract/keys";
import { ADMIN_SCOPE } from "@/lib/identity/permissions";
import type { Maker } from "./new-key";
import { canReachAll, effectiveScopes, findPresetBarrier, ownerReaches, type Wish } from "./wish";

type Subject = { wish: Wish; maker: Maker; owner: KeyOwner | undefined };

/**
 * What is wrong with each field: what can be seen here, or what the server said of it.
 * @returns `first`: where to go to put right what can be seen; `isPlaced`: what the server said has its place
 */
export function findProblems({ wish, maker, owner }: Subject, error: Error | null, isAsked: boolean) {
  const items = (error instanceof ApiError && error.errors) || [];
  const at = (field: string) => items.find(({ loc }) => loc[0] === "body" && loc.includes(field))?.msg;
  const isService = wish.kind === "service";
  const lacksName = isAsked && !wish.name.trim();
  const lacksOwner = isAsked && !owner;
  const lacksReach =
    isAsked &&
    isService &&
    !canReachAll(wish, maker, owner) &&
    !wish.orgIds.some((id) => ownerReaches(owner, id));
  const barrier = isService ? findPresetBarrier(wish.preset, maker, owner) : undefined;
  // What is left after its owner's limits must not be `admin` alone, which is everything.
  const lacksScopes =
    isAsked &&
    isService &&
    wish.preset !== "owner" &&
    effectiveScopes(wish, maker, owner).every((scope) => scope === ADMIN_SCOPE);
  const problems = {
    name: lacksName ? "Enter a name by which it is recognized." : at("name"),
    owner_id: lacksOwner ? "Choose who answers for it." : at("owner_id"),
    org_id: at("org_id"),
    expires_at: at("expires_at"),
    reach: lacksReach ? "Choose at least one customer." : at("reach"),
    scopes:
      isAsked && barrier
        ? `Choose something else: ${barrier}`
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
        : isAsked && barrier
          ? "[name=key-preset]:enabled"
          : lacksScopes
            ? "[name=key-scope]:enabled"
            : undefined;
  return { ...problems, first, isPlaced: items.length > 0 && Object.values(problems).some(Boolean) };
}
