import { RunTableSkeleton } from "@/components/runs/run-table-skeleton";
import { FilterSkeleton } from "@/components/ui/filter-skeleton";
import { PageHeader } from "@/components/ui/page-header";

export default function RunsLoading() {
  return (
    <div aria-busy className="flex flex-1 flex-col">
      <PageHeader title="Runs" />
      <p role="status" className="sr-only">
        Loading runs…
      </p>
      <div className="px-4 pb-3 lg:px-6">
        <FilterSkeleton
          chips={["w-20", "w-20", "w-24", "w-20", "w-16"]}
          boxes={["flex-1"]}
          tools={["w-40"]}
        />
      </div>
      <div className="bg-surface flex-1 border-t">
        <RunTableSkeleton />
      </div>
    </div>
  );
}
