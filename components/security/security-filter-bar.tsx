"use client";

import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import { CustomerFilter } from "@/components/ui/customer-filter";
import { DayFilter } from "@/components/ui/day-filter";
import { FieldError } from "@/components/ui/field";
import { FilterBar } from "@/components/ui/filter-bar";
import { FilterMenu } from "@/components/ui/filter-menu";
import { SearchBox } from "@/components/ui/search-box";
import { paths } from "@/lib/client/paths";
import { hasSecurityFilters, NO_SECURITY_FILTERS, type SecurityFilters } from "@/lib/client/security-filters";
import { KIND_WORDS } from "./kind-words";

type Props = {
  filters: SecurityFilters;
  orgs: readonly { slug: string; name: string }[];
  codes: readonly string[];
  statuses: readonly number[];
  /** What is wrong with a filter that the address names. */
  problems: Partial<Record<keyof SecurityFilters, string>>;
};

const CHIPS = ["kind", "status", "code", "org", "from", "to"] as const;
const KINDS = Object.entries(KIND_WORDS).map(([value, label]) => ({ value, label }));

export function SecurityFilterBar({ filters: given, orgs, codes, statuses, problems }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [filters, setFilters] = useOptimistic(given);
  const set = (change: Partial<SecurityFilters>) =>
    startTransition(() => {
      const next = { ...filters, ...change };
      setFilters(next);
      router.replace(paths.security(next), { scroll: false });
    });
  const menu = (
    label: string,
    name: "kind" | "status" | "code",
    options: { value: string; label: string }[],
  ) => (
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
      isSet={hasSecurityFilters(filters)}
      onClear={() => set(NO_SECURITY_FILTERS)}
      problems={CHIPS.map(
        (name) => problems[name] && <FieldError key={name} id={name} error={problems[name]} />,
      )}
      boxes={
        <>
          <SearchBox
            label="Address"
            value={filters.ip}
            error={problems.ip}
            className="w-36 md:w-44"
            onSubmit={(ip) => set({ ip })}
          />
          <SearchBox
            label="Actor id"
            value={filters.actor}
            error={problems.actor}
            className="flex-1 md:max-w-80"
            onSubmit={(actor) => set({ actor })}
          />
        </>
      }
      isTyped={Boolean(filters.ip || filters.actor)}
    >
      {menu("Kind", "kind", KINDS)}
      {menu(
        "Status",
        "status",
        statuses.map((status) => ({ value: String(status), label: String(status) })),
      )}
      {menu(
        "Code",
        "code",
        codes.map((code) => ({ value: code, label: code })),
      )}
      <CustomerFilter orgs={orgs} selected={filters.org} onChange={(org) => set({ org })} />
      <DayFilter from={filters.from} to={filters.to} onChange={set} />
    </FilterBar>
  );
}
