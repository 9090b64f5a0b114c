import { RunTableSkeleton } from "@/components/runs/run-table-skeleton";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { WebhookTabs } from "@/components/webhooks/webhook-tabs";

export default function WebhooksLoading() {
  return (
    <div aria-busy className="flex flex-1 flex-col">
      <PageHeader title="Webhooks" />
      <WebhookTabs here="Webhooks" />
      <p role="status" className="sr-only">
        Loading the webhooks…
      </p>
      <div aria-hidden className="px-4 py-3 lg:px-6">
        <Skeleton className="h-7 w-28 rounded-full" />
      </div>
      <div className="bg-surface flex-1 border-t">
        <RunTableSkeleton />
      </div>
    </div>
  );
}
