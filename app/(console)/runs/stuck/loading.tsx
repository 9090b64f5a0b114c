import { RunTableSkeleton } from "@/components/runs/run-table-skeleton";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

export default function StuckLoading() {
  return (
    <div aria-busy className="flex flex-1 flex-col">
      <PageHeader title="Stuck runs" />
      <p role="status" className="sr-only">
        Loading the stuck runs…
      </p>
      <div aria-hidden className="flex gap-1.5 px-4 pb-3 lg:px-6">
        <Skeleton className="h-7 w-20 rounded-full" />
        <Skeleton className="h-7 w-24 rounded-full" />
      </div>
      <div className="bg-surface flex-1 border-t">
        <RunTableSkeleton />
      </div>
    </div>
  );
}
