"use client";

import { CustomerFilter } from "@/components/organizations/customer-filter";
import { FilterBar } from "@/components/ui/filter-bar";
import { SearchBox } from "@/components/ui/search-box";
import { SingleFilter } from "@/components/ui/single-filter";
import { useFilters } from "@/components/ui/use-filters";
import { hasKeyFilters, type KeyFilters, NO_KEY_FILTERS } from "@/lib/client/key-filters";
import type { Customer } from "@/lib/client/organizations";
import { paths } from "@/lib/client/paths";
import { isKeyText, keyPrefix } from "@/lib/states/key";
import { KIND_WORDS, STATE_WORDS } from "./key-words";

type Props = {
  filters: KeyFilters;
  /** The customer in the URL, if any. */
  known: readonly Customer[];
  owners: readonly { id: string; name: string }[];
};

const optionsOf = (words: Record<string, string>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));
const KINDS = optionsOf(KIND_WORDS);
const STATES = optionsOf(STATE_WORDS);

export function KeyFilterBar({ filters: given, known, owners }: Props) {
  const { filters, set, isPending } = useFilters(given, paths.keys);
  return (
    <FilterBar
      isPending={isPending}
      isSet={hasKeyFilters(filters)}
      onClear={() => set(NO_KEY_FILTERS)}
      boxes={
        <SearchBox
          label="Name or first characters"
          value={filters.text}
          error={undefined}
          className="flex-1 md:max-w-96"
          // If someone pastes a whole key, keep it out of the URL and of every log.
          onSubmit={(text) => set({ text: isKeyText(text) ? keyPrefix(text) : text })}
        />
      }
      isTyped={Boolean(filters.text)}
    >
      <SingleFilter
        label="State"
        options={STATES}
        selected={filters.state}
        onChange={(state) => set({ state })}
      />
      <SingleFilter label="Kind" options={KINDS} selected={filters.kind} onChange={(kind) => set({ kind })} />
      <CustomerFilter known={known} selected={filters.org} onChange={(org) => set({ org })} />
      <SingleFilter
        label="Owner"
        options={owners.map(({ id, name }) => ({ value: id, label: name }))}
        selected={filters.owner}
        onChange={(owner) => set({ owner })}
      />
    </FilterBar>
  );
}
