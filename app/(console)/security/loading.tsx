import { RunTableSkeleton } from "@/components/runs/run-table-skeleton";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

export default function SecurityLoading() {
  return (
    <div aria-busy className="flex flex-1 flex-col">
      <PageHeader title="Security events" />
      <p role="status" className="sr-only">
        Loading the security events…
      </p>
      <div aria-hidden className="flex flex-wrap gap-x-3 gap-y-2 px-4 pb-3 lg:px-6">
        <Skeleton className="h-7 w-80 max-w-full rounded-full" />
        <Skeleton className="h-7 min-w-60 flex-1 rounded" />
      </div>
      <div className="bg-surface flex-1 border-t">
        <RunTableSkeleton />
      </div>
    </div>
  );
}
