import { plainStored } from "@/lib/client/bidi";
import type { ApiKey } from "@/lib/contract/keys";

/** The customer to name in a row, if there is exactly one. */
export const namedInRow = ({ reach }: Pick<ApiKey, "reach">): { org_id: string }[] =>
  reach.org_ids?.length === 1 ? [{ org_id: reach.org_ids[0]! }] : [];

/**
 * A key's customers in brief: "all customers", a customer's name, "3 customers".
 * @param orgNames by ID; a customer out of reach has none
 * @param isBeginning whether the text starts a sentence or a cell
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
