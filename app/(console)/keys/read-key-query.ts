import type { KeyFilters } from "@/lib/client/key-filters";
import { KeyListQuery } from "@/lib/contract/keys";

/** Converts the URL's filters to a key query, or returns undefined if one is invalid. */
export function readKeyQuery(
  { kind, state, owner, text }: KeyFilters,
  orgId: string | undefined,
  pq: string | undefined,
): KeyListQuery | undefined {
  return KeyListQuery.safeParse({
    kind: kind || undefined,
    state: state || undefined,
    owner_id: owner || undefined,
    org_id: orgId,
    text: text || undefined,
    sort_by: "last_used_at:desc",
    pq,
  }).data;
}
