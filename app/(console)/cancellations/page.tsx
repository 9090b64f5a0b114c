import type { Metadata } from "next";
import { BatchFilterBar } from "@/components/cancellation-batches/batch-filter-bar";
import { BatchTable } from "@/components/cancellation-batches/batch-table";
import { BatchesEmpty } from "@/components/cancellation-batches/batches-empty";
import { ListLoading } from "@/components/shell/loading";
import { AutoRefresh } from "@/components/ui/auto-refresh";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { hasBatchFilters, readBatchFilters } from "@/lib/client/batch-filters";
import { paths } from "@/lib/client/paths";
import { readParam } from "@/lib/client/run-filters";
import { consolePage } from "../console-page";
import { loadBatchList } from "./load-batch-list";

export const metadata: Metadata = { title: "Cancellations" };

/** How long the list follows running batches; later, returning to the tab refreshes it. */
const WATCH_MS = 30 * 60_000;
const EVERY_MS = 2_000;

const PAGE = {
  permission: "runs.read",
  path: paths.cancellations,
  loading: <ListLoading title="Cancellations" filters={{ chips: ["w-16"] }} />,
} as const;

export default consolePage(PAGE, async ({ caller, search }) => {
  const filters = readBatchFilters(search);
  const pq = readParam(search, "pq") || undefined;
  const { page, problem } = await loadBatchList(caller, filters, pq);
  const link = (cursor: string | null) => cursor && paths.cancellations({ ...filters, pq: cursor });
  const isRunning = page?.items.some(({ state }) => state === "running") ?? false;
  return (
    <>
      <AutoRefresh forMs={isRunning ? WATCH_MS : 0} everyMs={EVERY_MS} />
      <PageHeader title="Cancellations" />
      <div className="px-4 pb-3 lg:px-6">
        <BatchFilterBar filters={filters} />
      </div>
      <div className="bg-surface flex-1 border-t">
        {page && page.items.length > 0 ? (
          <>
            <BatchTable batches={page.items} />
            <div className="px-4 py-3 lg:px-6">
              <Pagination
                label="Pages of bulk cancellations"
                summary={`${page.items.length} on this page`}
                first={pq ? paths.cancellations(filters) : null}
                previous={link(page.previous)}
                next={link(page.next)}
              />
            </div>
          </>
        ) : (
          <BatchesEmpty problem={problem} hasFilters={hasBatchFilters(filters)} />
        )}
      </div>
    </>
  );
});
