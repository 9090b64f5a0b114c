"use client";

import { FilterBar } from "@/components/ui/filter-bar";
import { SingleFilter } from "@/components/ui/single-filter";
import { useFilters } from "@/components/ui/use-filters";
import { SearchBox } from "@/components/ui/search-box";
import { paths } from "@/lib/client/paths";
import { hasPeopleFilters, NO_PEOPLE_FILTERS, type PeopleFilters } from "@/lib/client/people-filters";
import { STATE_OPTIONS } from "./person-state";
import { ROLE_WORDS, ROLES } from "./role-words";

const ROLE_OPTIONS = ROLES.map((value) => ({ value, label: ROLE_WORDS[value].word }));

export function PersonFilterBar({ filters: given }: { filters: PeopleFilters }) {
  const { filters, set, isPending } = useFilters(given, paths.people);
  return (
    <FilterBar
      isPending={isPending}
      isSet={hasPeopleFilters(filters)}
      onClear={() => set(NO_PEOPLE_FILTERS)}
      boxes={
        <SearchBox
          label="Name or email"
          value={filters.text}
          error={undefined}
          className="flex-1 md:max-w-72"
          onSubmit={(text) => set({ text })}
        />
      }
      isTyped={Boolean(filters.text)}
    >
      <SingleFilter
        label="Role"
        options={ROLE_OPTIONS}
        selected={filters.role}
        onChange={(role) => set({ role })}
      />
      <SingleFilter
        label="State"
        options={STATE_OPTIONS}
        selected={filters.state}
        onChange={(state) => set({ state })}
      />
    </FilterBar>
  );
}
