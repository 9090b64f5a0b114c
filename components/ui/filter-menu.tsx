"use client";

import { plainStored } from "@/lib/client/bidi";
import { FilterChip } from "./filter-chip";
import type { FilterMenuProps, FilterOption } from "./filter-choices";
import { latePart } from "./late-part";

export type { FilterOption };

const FilterChoices = latePart(() => import("./filter-choices").then((module) => module.FilterChoices));

/** A filter that is set from a list. */
export function FilterMenu({ label, options, selected, isSingle = false, onChange }: FilterMenuProps) {
  const name = (value: string) => options.find((option) => option.value === value)?.label ?? value;
  const summary =
    selected.length > 2 ? `${selected.length} chosen` : selected.map(name).map(plainStored).join(", ");
  return (
    <FilterChip label={label} summary={summary} onClear={() => onChange([])}>
      <FilterChoices {...{ label, options, selected, isSingle, onChange }} />
    </FilterChip>
  );
}
