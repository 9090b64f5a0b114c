import { plainStored } from "@/lib/client/bidi";
import type { Person } from "@/lib/contract/people";

/** The organizations that a person reaches, in words. */
export function describeReach({ all, org_ids }: Person["reach"], orgNames: Record<string, string>): string {
  if (all) return "All customers";
  const names = (org_ids ?? []).map((id) => plainStored(orgNames[id] ?? id));
  return names.length === 0 ? "No customer" : names.toSorted().join(", ");
}
