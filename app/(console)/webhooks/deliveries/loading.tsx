import { RunTableSkeleton } from "@/components/runs/run-table-skeleton";
import { FilterSkeleton } from "@/components/ui/filter-skeleton";
import { PageHeader } from "@/components/ui/page-header";
import { WebhookTabs } from "@/components/webhooks/webhook-tabs";

export default function DeliveriesLoading() {
  return (
    <div aria-busy className="flex flex-1 flex-col">
      <PageHeader title="Webhooks" />
      <WebhookTabs here="Deliveries" />
      <p role="status" className="sr-only">
        Loading the deliveries…
      </p>
      <div className="px-4 py-3 lg:px-6">
        <FilterSkeleton chips={["w-18", "w-20", "w-24"]} boxes={["flex-1 md:max-w-96"]} />
      </div>
      <div className="bg-surface flex-1 border-t">
        <RunTableSkeleton />
      </div>
    </div>
  );
}
