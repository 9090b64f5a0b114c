import { plainStored } from "@/lib/client/bidi";
import type { ApiKey } from "@/lib/contract/keys";

/**
 * Whom a key acts for, in as few words as stand in a row: "all customers", a customer's name, "3 customers".
 * @param orgNames by id; one that the person doesn't reach has none
 * @param isBeginning whether nothing stands before it
 */
export function describeReach(
  { reach }: Pick<ApiKey, "reach">,
  orgNames: Record<string, string>,
  isBeginning = false,
): string {
  if (reach.all) return isBeginning ? "All customers" : "all customers";
  const [only, ...more] = reach.org_ids ?? [];
  if (only === undefined) return isBeginning ? "No customer" : "no customer";
  return more.length === 0 ? plainStored(orgNames[only] ?? only) : `${more.length + 1} customers`;
}
