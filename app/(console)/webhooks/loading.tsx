import { RunTableSkeleton } from "@/components/runs/run-table-skeleton";
import { FilterSkeleton } from "@/components/ui/filter-skeleton";
import { PageHeader } from "@/components/ui/page-header";
import { WebhookTabs } from "@/components/webhooks/webhook-tabs";

export default function WebhooksLoading() {
  return (
    <div aria-busy className="flex flex-1 flex-col">
      <PageHeader title="Webhooks" />
      <WebhookTabs here="Webhooks" />
      <p role="status" className="sr-only">
        Loading the webhooks…
      </p>
      <div className="px-4 py-3 lg:px-6">
        <FilterSkeleton chips={["w-28"]} />
      </div>
      <div className="bg-surface flex-1 border-t">
        <RunTableSkeleton />
      </div>
    </div>
  );
}
