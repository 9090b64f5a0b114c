"use client";

import { type SubmitEvent, useId } from "react";
import { fromWall, toWall, UTC, zoneName } from "@/lib/client/time-zone";
import { Button } from "./button";
import { inputStyle } from "./field";
import { FilterChip } from "./filter-chip";
import { useTimeZone } from "./time-zone";

/** UTC days as `2026-04-01`, the last one included; in other zones, instants, the last one excluded. */
type Days = { from: string; to: string };
type Props = Days & { onChange: (days: Days) => void };

const DAY_MS = 86_400_000;
const IS_DAY = /^\d{4}-\d\d-\d\d$/;

/** A range of days, both included, in the chosen time zone. */
export function DayFilter({ from, to, onChange }: Props) {
  const { zone } = useTimeZone();
  const shown = { from: toDay(from, zone, 0), to: toDay(to, zone, 1) };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = (name: string) => String(form.get(name) ?? "");
    onChange({ from: toFilter(read("from"), zone, 0), to: toFilter(read("to"), zone, 1) });
  };
  return (
    <FilterChip
      label="Days"
      summary={summarize(shown.from, shown.to)}
      onClear={() => onChange({ from: "", to: "" })}
    >
      <form key={zone} onSubmit={submit} className="grid gap-2 p-1.5">
        <Day name="from" label="From" value={shown.from} />
        <Day name="to" label="To" value={shown.to} />
        <div className="flex items-center justify-between">
          <span className="text-ink-muted text-sm">Days in {zone === UTC ? UTC : zoneName(zone)}</span>
          <Button type="submit" size="sm" variant="primary">
            Apply
          </Button>
        </div>
      </form>
    </FilterChip>
  );
}

/** @param more days to add to the end: the filter includes its last day */
function toFilter(day: string, zone: string, more: number): string {
  if (!day || zone === UTC) return day;
  const wall = new Date(Date.parse(`${day}T00:00Z`) + more * DAY_MS).toISOString().slice(0, 10);
  return new Date(fromWall(`${wall}T00:00`, zone)).toISOString().replace(":00.000Z", "Z");
}

function toDay(filter: string, zone: string, more: number): string {
  const ms = Date.parse(filter);
  // The URL may contain anything.
  if (IS_DAY.test(filter) || Number.isNaN(ms)) return filter;
  return toWall(ms - more, zone).slice(0, 10);
}

function Day({ name, label, value }: { name: string; label: string; value: string }) {
  const id = useId();
  return (
    <div className="grid grid-cols-[3rem_1fr] items-center">
      <label htmlFor={id} className="text-ink-muted">
        {label}
      </label>
      <input id={id} type="date" name={name} defaultValue={value} className={inputStyle("h-8")} />
    </div>
  );
}

function summarize(from: string, to: string): string {
  if (from && to) return from === to ? from : `${from} to ${to}`;
  if (from) return `since ${from}`;
  return to && `until ${to}`;
}
