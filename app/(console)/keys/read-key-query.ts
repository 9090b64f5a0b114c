import type { KeyFilters } from "@/lib/client/key-filters";
import { KeyListQuery } from "@/lib/contract/keys";

type Orgs = readonly { id: string; slug: string }[];

/** The filters of an address as a question to the keys, or undefined where one of them can't be read. */
export function readKeyQuery(
  { kind, state, owner, org, text }: KeyFilters,
  orgs: Orgs,
  pq: string | undefined,
): KeyListQuery | undefined {
  const chosen = orgs.find(({ slug }) => slug === org);
  if (org && !chosen) return undefined;
  return KeyListQuery.safeParse({
    kind: kind || undefined,
    state: state || undefined,
    owner_id: owner || undefined,
    org_id: chosen?.id,
    text: text || undefined,
    pq,
  }).data;
}
