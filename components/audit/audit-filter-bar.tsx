"use client";

import { CustomerFilter } from "@/components/organizations/customer-filter";
import { DayFilter } from "@/components/ui/day-filter";
import { FieldError } from "@/components/ui/field";
import { FilterBar } from "@/components/ui/filter-bar";
import { SearchBox } from "@/components/ui/search-box";
import { FilterMenu } from "@/components/ui/filter-menu";
import { SingleFilter } from "@/components/ui/single-filter";
import { ToggleChip } from "@/components/ui/toggle-chip";
import { useFilters } from "@/components/ui/use-filters";
import { type AuditFilters, hasAuditFilters, NO_AUDIT_FILTERS } from "@/lib/client/audit-filters";
import type { Customer } from "@/lib/client/organizations";
import { paths } from "@/lib/client/paths";
import { ACTION_OPTIONS } from "./action-words";
import { type ListedActor, nameActors } from "./name-actors";

type Props = {
  filters: AuditFilters;
  /** The customer in the URL. */ known: readonly Customer[];
  actors: readonly ListedActor[];
  /** Validation messages by filter. */
  problems: Partial<Record<keyof AuditFilters, string>>;
};

const CHIPS = ["actor", "action", "org", "from", "to"] as const;

export function AuditFilterBar({ filters: given, known, actors, problems }: Props) {
  const { filters, set, isPending } = useFilters(given, paths.audit);

  return (
    <FilterBar
      isPending={isPending}
      isSet={hasAuditFilters(filters)}
      onClear={() => set(NO_AUDIT_FILTERS)}
      problems={CHIPS.map(
        (name) => problems[name] && <FieldError key={name} id={name} error={problems[name]} />,
      )}
      boxes={
        <>
          <SearchBox
            label="Text in the reason"
            value={filters.reason}
            error={problems.reason}
            className="flex-1"
            onSubmit={(reason) => set({ reason })}
          />
          <SearchBox
            label="Ticket"
            value={filters.ticket}
            error={problems.ticket}
            className="w-28 md:w-40"
            onSubmit={(ticket) => set({ ticket })}
          />
        </>
      }
      isTyped={Boolean(filters.reason || filters.ticket)}
    >
      <SingleFilter
        label="Actor"
        options={nameActors(actors)}
        selected={filters.actor}
        onChange={(actor) => set({ actor })}
      />
      <FilterMenu
        label="Action"
        options={ACTION_OPTIONS}
        selected={filters.action ? filters.action.split(",") : []}
        onChange={(actions) => set({ action: actions.join(",") })}
      />
      <CustomerFilter known={known} selected={filters.org} onChange={(org) => set({ org })} />
      <DayFilter from={filters.from} to={filters.to} onChange={set} />
      {!filters.action && (
        <ToggleChip
          label="Sign-ins and exports"
          isOn={filters.show === "all"}
          onChange={(isOn) => set({ show: isOn ? "all" : "" })}
        />
      )}
    </FilterBar>
  );
}
