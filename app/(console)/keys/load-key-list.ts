import { namedInRow } from "@/components/keys/describe-reach";
import type { KeyFilters } from "@/lib/client/key-filters";
import { listStaff } from "@/lib/keys/find-key-owners";
import { findOwnNotices } from "@/lib/keys/find-own-notices";
import { findKeys } from "@/lib/keys/find-keys";
import { db } from "@/lib/platform/db/client";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import type { Caller } from "@/lib/states/caller";
import { findCustomersNamed, nameCustomers } from "../load-customers";
import { loadPage } from "../load-page";
import { readKeyQuery } from "./read-key-query";

/** A list of keys and the options for its filters. */
export async function loadKeyList(caller: Caller, filters: KeyFilters, pq: string | undefined) {
  const [[customer], staff, own] = await Promise.all([
    findCustomersNamed(caller, [filters.org]),
    listStaff(db()),
    findOwnNotices(db(), caller),
  ]);
  const query = filters.org && !customer ? undefined : readKeyQuery(filters, customer?.id, pq);
  const page =
    query && (await loadPage(() => withListPool(caller, (lists) => findKeys(lists, caller.reach, query))));
  // Customers' people aren't among the options; their names come from their keys.
  const found = (page?.items ?? []).map(({ owner }) => owner).filter(({ id }) => id === filters.owner);
  const owners = new Map([...staff, ...found].map(({ id, name }) => [id, { id, name }]));
  const orgNames = await nameCustomers(caller, (page?.items ?? []).flatMap(namedInRow));
  const problem = !query ? ("filter" as const) : page ? undefined : ("cursor" as const);
  return { customer, orgNames, owners: [...owners.values()], own, page, problem };
}
