import { FilterMenu } from "./filter-menu";
import type { FilterOption } from "./filter-option";

type Props = {
  label: string;
  options: readonly FilterOption[];
  /** Empty for all of them. */
  selected: string;
  onChange: (selected: string) => void;
};

/** A filter chip with one value or none. */
export const SingleFilter = ({ label, options, selected, onChange }: Props) => (
  <FilterMenu
    label={label}
    isSingle
    options={options}
    selected={selected ? [selected] : []}
    onChange={([value = ""]) => onChange(value)}
  />
);
