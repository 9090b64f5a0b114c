"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { HeadCell } from "@/components/ui/head-cell";
import type { RunSort } from "@/lib/client/run-filters";

type Props = { className: string; sort: RunSort; onSort: (sort: RunSort) => void };

/** The one column that sorts: the others would cost a scan over every run. */
export function CreatedHeader({ className, sort, onSort }: Props) {
  const isNewestFirst = sort === "created_at:desc";
  const Arrow = isNewestFirst ? ArrowDown : ArrowUp;
  return (
    <HeadCell sorted={isNewestFirst ? "descending" : "ascending"} className={className}>
      <button
        type="button"
        title={isNewestFirst ? "Newest first; show the oldest first" : "Oldest first; show the newest first"}
        onClick={() => onSort(isNewestFirst ? "created_at:asc" : "created_at:desc")}
        className="hover:bg-hover hover:text-ink -mx-1.5 inline-flex h-7 items-center gap-1 rounded-sm px-1.5 max-md:hidden"
      >
        Created
        <Arrow aria-hidden className="size-3" />
      </button>
      <span className="md:hidden">Created</span>
    </HeadCell>
  );
}
