"use client";

import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { FilterMenu, type FilterOption } from "@/components/ui/filter-menu";
import { SearchBox } from "@/components/ui/search-box";
import { Spinner } from "@/components/ui/spinner";
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
    <div aria-busy={isPending} className="flex flex-wrap items-start gap-x-3 gap-y-2">
      <div role="group" aria-label="Filters" className="flex flex-wrap items-center gap-1.5">
        {menu("Role", "role", ROLE_OPTIONS)}
        {menu("State", "state", STATE_OPTIONS)}
        {hasPeopleFilters(filters) && (
          <Button variant="ghost" size="sm" onClick={() => set(NO_PEOPLE_FILTERS)}>
            Clear all
          </Button>
        )}
        {isPending && <Spinner className="text-ink-muted size-3.5" />}
      </div>
      <SearchBox
        label="Name or e-mail"
        value={filters.text}
        error={undefined}
        className="min-w-48 flex-1 md:max-w-72"
        onSubmit={(text) => set({ text })}
      />
    </div>
  );
}
