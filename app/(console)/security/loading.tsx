import { RunTableSkeleton } from "@/components/runs/run-table-skeleton";
import { FilterSkeleton } from "@/components/ui/filter-skeleton";
import { PageHeader } from "@/components/ui/page-header";

export default function SecurityLoading() {
  return (
    <div aria-busy className="flex flex-1 flex-col">
      <PageHeader title="Security events" />
      <p role="status" className="sr-only">
        Loading the security events…
      </p>
      <div className="px-4 pb-3 lg:px-6">
        <FilterSkeleton
          chips={["w-16", "w-20", "w-18", "w-24", "w-18"]}
          boxes={["w-36 md:w-44", "flex-1 md:max-w-80"]}
        />
      </div>
      <div className="bg-surface flex-1 border-t">
        <RunTableSkeleton />
      </div>
    </div>
  );
}
