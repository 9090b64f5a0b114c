"use client";

import { CustomerFilter } from "@/components/organizations/customer-filter";
import { DayFilter } from "@/components/ui/day-filter";
import { FieldError } from "@/components/ui/field";
import { FilterBar } from "@/components/ui/filter-bar";
import { SingleFilter } from "@/components/ui/single-filter";
import { useFilters } from "@/components/ui/use-filters";
import { SearchBox } from "@/components/ui/search-box";
import type { Customer } from "@/lib/client/organizations";
import { paths } from "@/lib/client/paths";
import { hasSecurityFilters, NO_SECURITY_FILTERS, type SecurityFilters } from "@/lib/client/security-filters";
import { KIND_WORDS } from "./kind-words";

type Props = {
  filters: SecurityFilters;
  /** The customer in the URL. */ known: readonly Customer[];
  codes: readonly string[];
  statuses: readonly number[];
  /** Validation messages by filter. */
  problems: Partial<Record<keyof SecurityFilters, string>>;
};

const CHIPS = ["kind", "status", "code", "org", "from", "to"] as const;
const KINDS = Object.entries(KIND_WORDS).map(([value, label]) => ({ value, label }));

export function SecurityFilterBar({ filters: given, known, codes, statuses, problems }: Props) {
  const { filters, set, isPending } = useFilters(given, paths.security);
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
            label="IP address"
            value={filters.ip}
            error={problems.ip}
            className="w-36 md:w-44"
            onSubmit={(ip) => set({ ip })}
          />
          <SearchBox
            label="Actor ID"
            value={filters.actor}
            error={problems.actor}
            className="flex-1 md:max-w-80"
            onSubmit={(actor) => set({ actor })}
          />
        </>
      }
      isTyped={Boolean(filters.ip || filters.actor)}
    >
      <SingleFilter label="Kind" options={KINDS} selected={filters.kind} onChange={(kind) => set({ kind })} />
      <SingleFilter
        label="Status"
        options={statuses.map((status) => ({ value: String(status), label: String(status) }))}
        selected={filters.status}
        onChange={(status) => set({ status })}
      />
      <SingleFilter
        label="Code"
        options={codes.map((code) => ({ value: code, label: code }))}
        selected={filters.code}
        onChange={(code) => set({ code })}
      />
      <CustomerFilter known={known} selected={filters.org} onChange={(org) => set({ org })} />
      <DayFilter from={filters.from} to={filters.to} onChange={set} />
    </FilterBar>
  );
}
