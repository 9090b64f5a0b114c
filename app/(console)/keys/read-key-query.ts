import type { KeyFilters } from "@/lib/client/key-filters";
import { KeyListQuery } from "@/lib/contract/keys";

/** The filters of an address as a question to the keys, or undefined where one of them can't be read. */
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
    pq,
  }).data;
}
