"use client";

import { type FormEvent, useId } from "react";
import { Button } from "./button";
import { inputStyle } from "./field";
import { FilterChip } from "./filter-chip";

type Days = { from: string; to: string };
type Props = Days & { onChange: (days: Days) => void };

/** From and to a day, both included, by UTC. */
export function DayFilter({ from, to, onChange }: Props) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    onChange({ from: String(form.get("from") ?? ""), to: String(form.get("to") ?? "") });
  };
  return (
    <FilterChip label="Days" summary={summarize(from, to)} onClear={() => onChange({ from: "", to: "" })}>
      <form onSubmit={submit} className="grid gap-2 p-1.5">
        <Day name="from" label="From" value={from} />
        <Day name="to" label="To" value={to} />
        <div className="flex items-center justify-between">
          <span className="text-ink-muted text-sm">Days in UTC</span>
          <Button type="submit" size="sm" variant="primary">
            Apply
          </Button>
        </div>
      </form>
    </FilterChip>
  );
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
