import type { Metadata } from "next";
import { DeliveriesEmpty } from "@/components/deliveries/deliveries-empty";
import { DeliveryFilterBar } from "@/components/deliveries/delivery-filter-bar";
import { DeliveryTable } from "@/components/deliveries/delivery-table";
import { ListLoading } from "@/components/shell/loading";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { WebhookTabs } from "@/components/webhooks/webhook-tabs";
import { hasDeliveryFilters, readDeliveryFilters } from "@/lib/client/delivery-filters";
import { paths } from "@/lib/client/paths";
import { readParam } from "@/lib/client/run-filters";
import { consolePage } from "../../console-page";
import { nameCustomers } from "../../load-customers";
import { loadDeliveryList } from "./load-delivery-list";

export const metadata: Metadata = { title: "Deliveries" };

const PAGE = {
  permission: "runs.read",
  path: paths.deliveries,
  loading: (
    <ListLoading
      title="Deliveries"
      tabs={<WebhookTabs here="Deliveries" />}
      filters={{ chips: ["w-18", "w-20", "w-24"], boxes: ["flex-1 md:max-w-96"] }}
    />
  ),
} as const;

export default consolePage(PAGE, async ({ caller, search }) => {
  const filters = readDeliveryFilters(search);
  const pq = readParam(search, "pq") || undefined;
  const { page, problem, known, webhooks } = await loadDeliveryList(caller, filters, pq);
  const link = (cursor: string | null) => cursor && paths.deliveries({ ...filters, pq: cursor });
  return (
    <>
      <PageHeader title="Deliveries" />
      <WebhookTabs here="Deliveries" />
      <div className="px-4 py-3 lg:px-6">
        <DeliveryFilterBar filters={filters} known={known} webhooks={webhooks} />
      </div>
      <div className="bg-surface flex-1 border-t">
        {page && page.items.length > 0 ? (
          <>
            <DeliveryTable
              deliveries={page.items}
              orgNames={await nameCustomers(caller, page.items)}
              hasAddress
            />
            <div className="px-4 py-3 lg:px-6">
              <Pagination
                label="Pages of deliveries"
                summary={`${page.items.length} ${page.items.length === 1 ? "delivery" : "deliveries"} on this page`}
                first={pq ? paths.deliveries(filters) : null}
                previous={link(page.previous)}
                next={link(page.next)}
              />
            </div>
          </>
        ) : (
          <DeliveriesEmpty problem={problem} hasFilters={hasDeliveryFilters(filters)} />
        )}
      </div>
    </>
  );
});
