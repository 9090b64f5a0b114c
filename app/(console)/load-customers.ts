import type { OrganizationName } from "@/lib/organizations/list-organizations";
import { nameOrganizations } from "@/lib/organizations/name-organizations";
import { db } from "@/lib/platform/db/client";
import type { Caller } from "@/lib/states/caller";

/**
 * The customers that a URL names, limited to the caller's reach.
 * @param slugs empty ones are left out
 */
export const findCustomersNamed = (caller: Caller, slugs: readonly string[]): Promise<OrganizationName[]> =>
  nameOrganizations(db(), caller.reach, { slugs: slugs.filter(Boolean) });

/** The names of a list's customers, by ID. */
export async function nameCustomers(
  caller: Caller,
  rows: readonly { org_id: string | null }[],
): Promise<Record<string, string>> {
  const ids = rows.map(({ org_id }) => org_id).filter((id) => id !== null);
  const named = await nameOrganizations(db(), caller.reach, { ids });
  return Object.fromEntries(named.map(({ id, name }) => [id, name]));
}

/** The only customer in reach, if there is exactly one: forms preselect it. */
export async function findOnlyCustomer({ reach }: Caller): Promise<OrganizationName | undefined> {
  if (reach.all || reach.orgIds.length !== 1) return undefined;
  return (await nameOrganizations(db(), reach, { ids: reach.orgIds }))[0];
}
