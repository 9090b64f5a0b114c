import { Skeleton } from "@/components/ui/skeleton";

const ROWS = Array.from({ length: 16 }, (_, index) => index);

/** Rows of the height that the table's have, so that nothing moves when they come. */
export function RunTableSkeleton() {
  return (
    <div aria-hidden>
      <div className="h-9 border-b max-md:hidden" />
      {ROWS.map((row) => (
        <div key={row} className="flex h-9 items-center gap-6 border-b px-4 max-md:h-[5.25rem] lg:px-6">
          <Skeleton className="h-3 w-24" />
          <Skeleton className="h-3 w-32" />
          <Skeleton className="h-3 flex-1 max-md:hidden" />
          <Skeleton className="h-3 w-20 max-md:hidden" />
        </div>
      ))}
    </div>
  );
}
