"use client";

import { FilterRow } from "@/components/ui/filter-row";
import { SingleFilter } from "@/components/ui/single-filter";
import { useFilters } from "@/components/ui/use-filters";
import type { BatchFilters } from "@/lib/client/batch-filters";
import { paths } from "@/lib/client/paths";
import { STATE_WORDS } from "./batch-words";

const STATES = Object.entries(STATE_WORDS).map(([value, label]) => ({ value, label }));

export function BatchFilterBar({ filters: given }: { filters: BatchFilters }) {
  const { filters, set, isPending } = useFilters(given, paths.cancellations);
  return (
    <FilterRow isPending={isPending}>
      <SingleFilter
        label="State"
        options={STATES}
        selected={filters.state}
        onChange={(state) => set({ state })}
      />
    </FilterRow>
  );
}
