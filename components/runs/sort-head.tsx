"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/class-names";
import { HeadCell } from "@/components/ui/head-cell";
import { describeSort, isDescending, nextSort, type RunSort } from "@/lib/client/run-order";
import type { RunSortField } from "@/lib/states/run";

type Props = {
  field: RunSortField;
  className: string;
  sort: RunSort;
  onSort: (sort: RunSort) => void;
  children: ReactNode;
};

/** A column's head that sorts by it; the arrow says which way where the list is in its order. */
export function SortHead({ field, className, sort, onSort, children }: Props) {
  const isSorted = sort.startsWith(`${field}:`);
  const isDown = isDescending(sort);
  const next = nextSort(sort, field);
  const Arrow = isDown ? ArrowDown : ArrowUp;
  return (
    <HeadCell className={className} {...(isSorted && { sorted: isDown ? "descending" : "ascending" })}>
      <button
        type="button"
        title={isSorted ? `${describeSort(sort)}; show the other way round` : describeSort(next)}
        onClick={() => onSort(next)}
        className={cx(
          "hover:bg-hover hover:text-ink -mx-1.5 inline-flex h-7 items-center gap-1 rounded-sm px-1.5 max-md:hidden",
          isSorted && "text-ink",
        )}
      >
        {children}
        {isSorted && <Arrow aria-hidden className="size-3" />}
      </button>
      <span className="md:hidden">{children}</span>
    </HeadCell>
  );
}
