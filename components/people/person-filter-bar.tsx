"use client";

import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import { FilterBar } from "@/components/ui/filter-bar";
import { FilterMenu, type FilterOption } from "@/components/ui/filter-menu";
import { SearchBox } from "@/components/ui/search-box";
import { paths } from "@/lib/client/paths";
import { hasPeopleFilters, NO_PEOPLE_FILTERS, type PeopleFilters } from "@/lib/client/people-filters";
import { STATE_OPTIONS } from "./person-state";
import { ROLE_WORDS, ROLES } from "./role-words";

const ROLE_OPTIONS = ROLES.map((value) => ({ value, label: ROLE_WORDS[value].word }));

export function PersonFilterBar({ filters: given }: { filters: PeopleFilters }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [filters, setFilters] = useOptimistic(given);
  const set = (change: Partial<PeopleFilters>) =>
    startTransition(() => {
      const next = { ...filters, ...change };
      setFilters(next);
      router.replace(paths.people(next), { scroll: false });
    });
  const menu = (label: string, name: "role" | "state", options: FilterOption[]) => (
    <FilterMenu
      label={label}
      isSingle
      options={options}
      selected={filters[name] ? [filters[name]] : []}
      onChange={([value = ""]) => set({ [name]: value })}
    />
  );
  return (
    <FilterBar
      isPending={isPending}
      isSet={hasPeopleFilters(filters)}
      onClear={() => set(NO_PEOPLE_FILTERS)}
      boxes={
        <SearchBox
          label="Name or e-mail"
          value={filters.text}
          error={undefined}
          className="flex-1 md:max-w-72"
          onSubmit={(text) => set({ text })}
        />
      }
      isTyped={Boolean(filters.text)}
    >
      {menu("Role", "role", ROLE_OPTIONS)}
      {menu("State", "state", STATE_OPTIONS)}
    </FilterBar>
  );
}
