import { RunTableSkeleton } from "@/components/runs/run-table-skeleton";
import { FilterSkeleton } from "@/components/ui/filter-skeleton";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

export default function AuditLoading() {
  return (
    <div aria-busy className="flex flex-1 flex-col">
      <PageHeader title="Audit trail">
        {/* The line that the buttons have to themselves where it is narrow. */}
        <div aria-hidden className="flex w-full gap-3 sm:hidden">
          <Skeleton className="h-7 flex-1" />
          <Skeleton className="h-7 flex-1" />
        </div>
      </PageHeader>
      <p role="status" className="sr-only">
        Loading the audit trail…
      </p>
      <div className="px-4 pb-3 lg:px-6">
        <FilterSkeleton chips={["w-18", "w-20", "w-24", "w-18"]} boxes={["flex-1", "w-28 md:w-40"]} />
      </div>
      <div className="bg-surface flex-1 border-t">
        <RunTableSkeleton />
      </div>
    </div>
  );
}
