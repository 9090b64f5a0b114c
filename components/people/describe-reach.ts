import { plainStored } from "@/lib/client/bidi";
import type { Person } from "@/lib/contract/people";

/** Lists a few and counts the rest. */
const MOST_NAMED = 3;

/** The customers to name in a row. */
export const namedInRow = ({ reach }: Pick<Person, "reach">): { org_id: string }[] =>
  (reach.org_ids ?? []).slice(0, MOST_NAMED).map((org_id) => ({ org_id }));

/** The customers that a person can access, in words. */
export function describeReach({ all, org_ids }: Person["reach"], orgNames: Record<string, string>): string {
  if (all) return "All customers";
  const ids = org_ids ?? [];
  if (ids.length === 0) return "None";
  const names = ids.slice(0, MOST_NAMED).map((id) => plainStored(orgNames[id] ?? id));
  const rest = ids.length - names.length;
  return `${names.toSorted().join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
