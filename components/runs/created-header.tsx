"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import type { RunSort } from "@/lib/client/run-filters";
import { HEAD } from "./table-style";

type Props = { sort: RunSort; onSort: (sort: RunSort) => void };

/** The one column that sorts: the others would cost a scan over every run. */
export function CreatedHeader({ sort, onSort }: Props) {
  const isNewestFirst = sort === "created_at:desc";
  const Arrow = isNewestFirst ? ArrowDown : ArrowUp;
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={isNewestFirst ? "descending" : "ascending"}
      className={HEAD}
    >
      <button
        type="button"
        title={isNewestFirst ? "Newest first; show the oldest first" : "Oldest first; show the newest first"}
        onClick={() => onSort(isNewestFirst ? "created_at:asc" : "created_at:desc")}
        className="hover:bg-hover hover:text-ink -mx-1.5 inline-flex h-7 items-center gap-1 rounded-sm px-1.5"
      >
        Created
        <Arrow aria-hidden className="size-3" />
      </button>
    </th>
  );
}
