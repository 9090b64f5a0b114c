"use client";

import { useState } from "react";
import { FilterChip } from "@/components/ui/filter-chip";
import { latePart } from "@/components/ui/late-part";
import { plainStored } from "@/lib/client/bidi";
import type { Customer } from "@/lib/client/organizations";

const CustomerChoices = latePart(() => import("./customer-choices").then((module) => module.CustomerChoices));

type SeveralProps = {
  /** Names of the customers in the URL; the others are searched on the server. */
  known: readonly Customer[];
  /** Slugs. */
  selected: readonly string[];
  isSingle?: boolean;
  onChange: (slugs: string[]) => void;
};

/** A filter with any number of customers. */
export function CustomersFilter({ known, selected, isSingle = false, onChange }: SeveralProps) {
  // Names of customers chosen before the page knows them.
  const [picked, setPicked] = useState<Customer[]>([]);
  const all = [...known, ...picked];
  const find = (slug: string) => all.find((customer) => customer.slug === slug);
  const summary =
    selected.length > 2
      ? `${selected.length} chosen`
      : selected.map((slug) => plainStored(find(slug)?.name ?? slug)).join(", ");
  return (
    <FilterChip label="Customer" summary={summary} onClear={() => onChange([])}>
      <CustomerChoices
        chosen={selected.map(find).filter((customer) => customer !== undefined)}
        isSingle={isSingle}
        onChange={(chosen) => {
          setPicked(chosen);
          // The first choice drops unknown slugs.
          onChange(chosen.map(({ slug }) => slug));
        }}
      />
    </FilterChip>
  );
}

type Props = Pick<SeveralProps, "known"> & {
  /** A slug, or empty for all. */
  selected: string;
  onChange: (slug: string) => void;
};

/** A filter with one customer, or all. */
export const CustomerFilter = ({ known, selected, onChange }: Props) => (
  <CustomersFilter
    known={known}
    selected={selected ? [selected] : []}
    isSingle
    onChange={([slug = ""]) => onChange(slug)}
  />
);
