"use client";

import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import { CustomerFilter } from "@/components/ui/customer-filter";
import { FilterBar } from "@/components/ui/filter-bar";
import { FilterMenu } from "@/components/ui/filter-menu";
import { SearchBox } from "@/components/ui/search-box";
import { hasKeyFilters, type KeyFilters, NO_KEY_FILTERS } from "@/lib/client/key-filters";
import { paths } from "@/lib/client/paths";
import { isKeyText, keyPrefix } from "@/lib/keys/key";
import { KIND_WORDS, STATE_WORDS } from "./key-words";

type Props = {
  filters: KeyFilters;
  orgs: readonly { slug: string; name: string }[];
  owners: readonly { id: string; name: string }[];
};

const optionsOf = (words: Record<string, string>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));
const KINDS = optionsOf(KIND_WORDS);
const STATES = optionsOf(STATE_WORDS);

export function KeyFilterBar({ filters: given, orgs, owners }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [filters, setFilters] = useOptimistic(given);
  const set = (change: Partial<KeyFilters>) =>
    startTransition(() => {
      const next = { ...filters, ...change };
      setFilters(next);
      router.replace(paths.keys(next), { scroll: false });
    });
  const menu = (label: string, name: keyof KeyFilters, options: { value: string; label: string }[]) => (
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
      isSet={hasKeyFilters(filters)}
      onClear={() => set(NO_KEY_FILTERS)}
      boxes={
        <SearchBox
          label="Name or first characters"
          value={filters.text}
          error={undefined}
          className="flex-1 md:max-w-96"
          // A whole key that somebody pasted belongs into no address, and no log of one.
          onSubmit={(text) => set({ text: isKeyText(text) ? keyPrefix(text) : text })}
        />
      }
      isTyped={Boolean(filters.text)}
    >
      {menu("State", "state", STATES)}
      {menu("Kind", "kind", KINDS)}
      <CustomerFilter orgs={orgs} selected={filters.org} onChange={(org) => set({ org })} />
      {menu(
        "Owner",
        "owner",
        owners.map(({ id, name }) => ({ value: id, label: name })),
      )}
    </FilterBar>
  );
}
