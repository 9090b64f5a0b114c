"use client";

import { SingleFilter } from "./single-filter";

type Props = {
  orgs: readonly { slug: string; name: string }[];
  /** A slug, or empty for all. */
  selected: string;
  onChange: (slug: string) => void;
};

/** One customer, or all of them. */
export const CustomerFilter = ({ orgs, ...choice }: Props) => (
  <SingleFilter
    label="Customer"
    options={orgs.map(({ slug, name }) => ({ value: slug, label: name }))}
    {...choice}
  />
);
