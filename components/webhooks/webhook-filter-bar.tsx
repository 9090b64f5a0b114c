"use client";

import { CustomerFilter } from "@/components/organizations/customer-filter";
import { FilterRow } from "@/components/ui/filter-row";
import { useFilters } from "@/components/ui/use-filters";
import type { Customer } from "@/lib/client/organizations";
import { paths } from "@/lib/client/paths";

type Props = { org: string; /** The customer that the address names. */ known: readonly Customer[] };

export function WebhookFilterBar({ org, known }: Props) {
  const { filters, set, isPending } = useFilters({ org }, paths.webhooks);
  return (
    <FilterRow isPending={isPending}>
      <CustomerFilter known={known} selected={filters.org} onChange={(slug) => set({ org: slug })} />
    </FilterRow>
  );
}
