"use client";

import { CustomerFilter } from "@/components/organizations/customer-filter";
import { TimeFilter } from "@/components/runs/time-filter";
import { FilterBar } from "@/components/ui/filter-bar";
import { SearchBox } from "@/components/ui/search-box";
import { SingleFilter } from "@/components/ui/single-filter";
import { useFilters } from "@/components/ui/use-filters";
import { type DeliveryFilters, hasDeliveryFilters, NO_DELIVERY_FILTERS } from "@/lib/client/delivery-filters";
import type { Customer } from "@/lib/client/organizations";
import { paths } from "@/lib/client/paths";
import { EVENT_TYPES } from "@/lib/states/delivery";
import { STATE_WORDS } from "./delivery-state";

type Props = {
  filters: DeliveryFilters;
  /** The customer in the URL. */ known: readonly Customer[];
  webhooks: readonly { id: string; url: string }[];
};

const STATES = Object.entries(STATE_WORDS).map(([value, label]) => ({ value, label }));
const EVENTS = EVENT_TYPES.map((type) => ({ value: type, label: type }));

export function DeliveryFilterBar({ filters: given, known, webhooks }: Props) {
  const { filters, set, isPending } = useFilters(given, paths.deliveries);
  return (
    <FilterBar
      isPending={isPending}
      isSet={hasDeliveryFilters(filters)}
      onClear={() => set(NO_DELIVERY_FILTERS)}
      boxes={
        <SearchBox
          label="Run ID"
          value={filters.run}
          error={undefined}
          className="flex-1 md:max-w-96"
          onSubmit={(run) => set({ run })}
        />
      }
      isTyped={filters.run !== ""}
    >
      <SingleFilter
        label="State"
        options={STATES}
        selected={filters.state}
        onChange={(state) => set({ state })}
      />
      <SingleFilter
        label="Event"
        options={EVENTS}
        selected={filters.event}
        onChange={(event) => set({ event })}
      />
      <CustomerFilter
        known={known}
        selected={filters.org}
        // A webhook belongs to one customer.
        onChange={(org) => set({ org, webhook: "" })}
      />
      {(webhooks.length > 0 || filters.webhook) && (
        <SingleFilter
          label="Webhook"
          options={webhooks.map(({ id, url }) => ({ value: id, label: url }))}
          selected={filters.webhook}
          onChange={(webhook) => set({ webhook })}
        />
      )}
      <TimeFilter from={filters.from} to={filters.to} onChange={({ from, to }) => set({ from, to })} />
    </FilterBar>
  );
}
