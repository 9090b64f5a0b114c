"use client";

import { cx } from "@/components/ui/class-names";
import { Skeleton } from "@/components/ui/skeleton";

const ROWS = Array.from({ length: 16 }, (_, index) => index);

/**
 * Placeholder rows of the final height, so that loading moves nothing. Drawn by the browser: as markup, they
 * would add 27 kB to every list, which holds them for its next load.
 */
export function RunTableSkeleton() {
  return (
    <div aria-hidden>
      <Bars className="h-9 max-md:hidden" />
      {ROWS.map((row) => (
        <div key={row}>
          <Bars className="h-9 max-md:hidden" />
          <div className="grid h-[5.25rem] content-center gap-2.5 border-b px-4 md:hidden">
            {["w-24", "w-44", "w-36"].map((width) => (
              <div key={width} className="flex justify-between">
                <Skeleton className={cx("h-3", width)} />
                <Skeleton className="h-3 w-12" />
              </div>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

/** One line: the name at the left, numbers at the right. */
function Bars({ className }: { className: string }) {
  return (
    <div className={cx("flex items-center gap-6 border-b px-4 lg:px-6", className)}>
      <Skeleton className="h-3 w-24" />
      <Skeleton className="h-3 w-32" />
      <Skeleton className="h-3 w-48" />
      <span className="flex-1" />
      <Skeleton className="h-3 w-24 max-lg:hidden" />
      <Skeleton className="h-3 w-16" />
      <Skeleton className="h-3 w-10" />
    </div>
  );
}
