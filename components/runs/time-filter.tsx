"use client";

import { FilterChip } from "@/components/ui/filter-chip";
import { latePart } from "@/components/ui/late-part";
import { useTimeZone } from "@/components/ui/time-zone";
import { formatRange } from "@/lib/client/format-time";
import { ANY_TIME, type TimeValue } from "./time-value";

/** Loaded on opening. */
const TimeChoices = latePart(() => import("./time-choices").then((module) => module.TimeChoices));

type Props = Partial<TimeValue> & {
  presets?: readonly { value: string; label: string }[];
  onChange: (value: TimeValue) => void;
};

/** Creation time: a preset or a range. */
export function TimeFilter({ presets = [], onChange, ...given }: Props) {
  const value = { ...ANY_TIME, ...given };
  const { zone } = useTimeZone();
  const preset = presets.find((known) => known.value === value.age)?.label ?? "";
  const summary = value.from || value.to ? formatRange(value.from, value.to, zone) : preset;
  return (
    <FilterChip label="Created" summary={summary} width={296} onClear={() => onChange(ANY_TIME)}>
      <TimeChoices presets={presets} value={value} onChange={onChange} />
    </FilterChip>
  );
}
