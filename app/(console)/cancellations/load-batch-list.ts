import { findBatches } from "@/lib/cancellation-batches/find-batches";
import type { BatchFilters } from "@/lib/client/batch-filters";
import { BatchListQuery } from "@/lib/contract/cancellation-batches";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import type { Caller } from "@/lib/states/caller";
import { loadPage } from "../load-page";

/** A list of bulk cancellations, or why the URL has none. */
export async function loadBatchList(caller: Caller, { state }: BatchFilters, pq: string | undefined) {
  const query = BatchListQuery.safeParse({ state: state || undefined, pq }).data;
  const page =
    query && (await loadPage(() => withListPool(caller, (lists) => findBatches(lists, caller.reach, query))));
  const problem = !query ? ("filter" as const) : page ? undefined : ("cursor" as const);
  return { page, problem };
}
