"use client";

import { FilterMenu } from "./filter-menu";

type Props = {
  orgs: readonly { slug: string; name: string }[];
  /** A slug, or empty for all. */
  selected: string;
  onChange: (slug: string) => void;
};

/** One customer, or all of them. */
export function CustomerFilter({ orgs, selected, onChange }: Props) {
  return (
    <FilterMenu
      label="Customer"
      isSingle
      options={orgs.map(({ slug, name }) => ({ value: slug, label: name }))}
      selected={selected ? [selected] : []}
      onChange={([slug = ""]) => onChange(slug)}
    />
  );
}
