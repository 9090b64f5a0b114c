"use client";

import { CustomerFilter } from "@/components/ui/customer-filter";
import { FilterRow } from "@/components/ui/filter-row";
import { useFilters } from "@/components/ui/use-filters";
import { paths } from "@/lib/client/paths";

type Props = { org: string; orgs: readonly { slug: string; name: string }[] };

export function WebhookFilterBar({ org, orgs }: Props) {
  const { filters, set, isPending } = useFilters({ org }, paths.webhooks);
  return (
    <FilterRow isPending={isPending}>
      <CustomerFilter orgs={orgs} selected={filters.org} onChange={(slug) => set({ org: slug })} />
    </FilterRow>
  );
}
