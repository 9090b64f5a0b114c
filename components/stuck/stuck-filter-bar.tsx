"use client";

import { CustomerFilter } from "@/components/organizations/customer-filter";
import type { Customer } from "@/lib/client/organizations";
import { FilterMenu } from "@/components/ui/filter-menu";
import { FilterRow } from "@/components/ui/filter-row";

/** The URL's slugs; empty for all. */
export type StuckAddress = { org: string; model: string };

type Props = {
  address: StuckAddress;
  orgs: readonly Customer[];
  models: readonly { slug: string }[];
  isPending: boolean;
  onChange: (address: StuckAddress) => void;
};

export function StuckFilterBar({ address, orgs, models, isPending, onChange }: Props) {
  return (
    <FilterRow isPending={isPending}>
      <FilterMenu
        label="Model"
        isSingle
        options={models.map(({ slug }) => ({ value: slug, label: slug }))}
        selected={address.model ? [address.model] : []}
        onChange={([model = ""]) => onChange({ ...address, model })}
      />
      <CustomerFilter known={orgs} selected={address.org} onChange={(org) => onChange({ ...address, org })} />
    </FilterRow>
  );
}
