import { RunTableSkeleton } from "@/components/runs/run-table-skeleton";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

export default function RunsLoading() {
  return (
    <div aria-busy className="flex flex-1 flex-col">
      <PageHeader title="Runs" />
      <p role="status" className="sr-only">
        Loading runs…
      </p>
      <div aria-hidden className="flex flex-wrap gap-x-3 gap-y-2 px-4 pb-3 lg:px-6">
        <div className="flex flex-wrap gap-1.5">
          {["w-20", "w-20", "w-24", "w-20", "w-16"].map((width, index) => (
            <Skeleton key={index} className={`h-7 rounded-full ${width}`} />
          ))}
        </div>
        <Skeleton className="h-7 min-w-60 flex-1 rounded" />
      </div>
      <div className="bg-surface flex-1 border-t">
        <RunTableSkeleton />
      </div>
    </div>
  );
}
