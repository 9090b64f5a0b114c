import type { ComponentProps, ReactNode } from "react";
import { RunTableSkeleton } from "@/components/runs/run-table-skeleton";
import { FilterSkeleton } from "@/components/ui/filter-skeleton";
import { PageHeader } from "@/components/ui/page-header";
import { ThingSkeleton } from "@/components/ui/thing-skeleton";

type List = {
  title: string;
  /** Under the title, before its buttons load. */
  head?: ReactNode;
  /** Between the title and the filters. */
  tabs?: ReactNode;
  filters?: ComponentProps<typeof FilterSkeleton>;
};

/** A list while its data loads: placeholders for its header and rows. */
export function ListLoading({ title, head, tabs, filters }: List) {
  return (
    <div aria-busy data-loading className="flex flex-1 flex-col">
      <PageHeader title={title}>{head}</PageHeader>
      {tabs}
      <p role="status" className="sr-only">
        Loading…
      </p>
      {filters && (
        <div className={tabs ? "px-4 py-3 lg:px-6" : "px-4 pb-3 lg:px-6"}>
          <FilterSkeleton {...filters} />
        </div>
      )}
      <div className="bg-surface flex-1 border-t">
        <RunTableSkeleton />
      </div>
    </div>
  );
}

/**
 * An entity's page while its data loads.
 * @param hasMore whether its header holds more than facts
 */
export function EntityLoading({ hasMore = false }: { hasMore?: boolean }) {
  return (
    <div aria-busy data-loading>
      <p role="status" className="sr-only">
        Loading…
      </p>
      <ThingSkeleton hasMore={hasMore} />
    </div>
  );
}
