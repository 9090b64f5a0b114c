import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { BatchDetails } from "@/components/cancellation-batches/batch-details";
import { EntityLoading } from "@/components/shell/loading";
import { readItemFilters } from "@/lib/client/batch-filters";
import { batchItemsOptions, batchOptions } from "@/lib/client/cancellation-batches";
import { paths } from "@/lib/client/paths";
import { entityPage } from "../../console-page";
import { loadBatchPage } from "./load-batch-page";

export const metadata: Metadata = { title: "Bulk cancellation" };

const PAGE = {
  permission: "runs.read",
  path: paths.cancellation,
  loading: <EntityLoading hasMore />,
} as const;

export default entityPage(PAGE, async ({ caller, id, search }) => {
  const filters = readItemFilters(search);
  const { batch, customer, items } = await loadBatchPage(caller, id, filters);
  const queryClient = new QueryClient();
  queryClient.setQueryData(batchOptions(batch.id).queryKey, batch);
  queryClient.setQueryData(batchItemsOptions(batch.id, filters, batch.state).queryKey, items);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <BatchDetails
        key={batch.id}
        shown={batch}
        customer={customer?.name}
        filters={filters}
        viewer={{
          id: caller.person.id,
          mayCancelBulk: caller.permissions.has("runs.cancel.bulk"),
          mayReadAudit: caller.permissions.has("audit.read"),
        }}
      />
    </HydrationBoundary>
  );
});
