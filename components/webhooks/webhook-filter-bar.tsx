"use client";

import { CustomerFilter } from "@/components/organizations/customer-filter";
import { FilterRow } from "@/components/ui/filter-row";
import { useFilters } from "@/components/ui/use-filters";
import type { Customer } from "@/lib/client/organizations";
import { paths } from "@/lib/client/paths";

type Props = { org: string; /** The customer in the URL. */ known: readonly Customer[] };

/** Filters webhooks by customer. */
export const WebhookFilterBar = (props: Props) => <Bar {...props} pathOf={paths.webhooks} />;

export const SecretsFilterBar = (props: Props) => <Bar {...props} pathOf={paths.secrets} />;

function Bar({ org, known, pathOf }: Props & { pathOf: (filters: { org: string }) => string }) {
  const { filters, set, isPending } = useFilters({ org }, pathOf);
  return (
    <FilterRow isPending={isPending}>
      <CustomerFilter known={known} selected={filters.org} onChange={(slug) => set({ org: slug })} />
    </FilterRow>
  );
}
