"use client";

import { FilterRow } from "@/components/ui/filter-row";
import { SingleFilter } from "@/components/ui/single-filter";
import { useFilters } from "@/components/ui/use-filters";
import type { ApprovalFilters } from "@/lib/client/approval-filters";
import { paths } from "@/lib/client/paths";
import { STATE_WORDS } from "./approval-words";

const STATES = Object.entries(STATE_WORDS).map(([value, label]) => ({ value, label }));

export function ApprovalFilterBar({ filters: given }: { filters: ApprovalFilters }) {
  const { filters, set, isPending } = useFilters(given, paths.approvals);
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
