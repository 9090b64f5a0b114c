import { findItems } from "@/lib/cancellation-batches/find-items";
import { getBatch } from "@/lib/cancellation-batches/get-batch";
import type { ItemFilters } from "@/lib/client/batch-filters";
import { BatchItemQuery } from "@/lib/contract/cancellation-batches";
import { nameOrganizations } from "@/lib/organizations/name-organizations";
import { db } from "@/lib/platform/db/client";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import type { Caller } from "@/lib/states/caller";
import { loadPage } from "../../load-page";
import { orNotFound } from "../../or-not-found";

const NO_ITEMS = { items: [], first: "", next: null, previous: null };

/** Loads a bulk cancellation with a page of its runs. As in the API, one out of reach is not found. */
export async function loadBatchPage(caller: Caller, id: string, { outcome, pq }: ItemFilters) {
  const batch = await orNotFound("CANCELLATION_BATCH_NOT_FOUND", getBatch(db(), caller, id));
  const [customer] = await nameOrganizations(db(), caller.reach, { ids: batch.org_id ? [batch.org_id] : [] });
  const query = BatchItemQuery.safeParse({ outcome: outcome || undefined, pq: pq || undefined }).data;
  const page =
    query &&
    (await loadPage(() => withListPool(caller, (lists) => findItems(lists, caller.reach, batch.id, query))));
  return { batch, customer, items: page ?? NO_ITEMS };
}
