"use client";

import { type FormEvent, type SubmitEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { FieldError, inputStyle } from "@/components/ui/field";
import { MENU_ITEM } from "@/components/ui/popup-style";
import { useTimeZone } from "@/components/ui/time-zone";
import { TimeZoneChoice } from "@/components/ui/time-zone-choice";
import { formatRange } from "@/lib/client/format-time";
import { writeMoment } from "@/lib/client/run-filters";
import { serverNow } from "@/lib/client/server-time";
import { parseTimeRange } from "@/lib/client/time-range";
import { fromWall, toWall } from "@/lib/client/time-zone";
import { ANY_TIME, type TimeValue } from "./time-value";

type Props = {
  presets: readonly { value: string; label: string }[];
  value: TimeValue;
  onChange: (value: TimeValue) => void;
};

const UNREADABLE = "Write it like “yesterday 23:30 to 23:50” or “2026-11-28”.";

/** A time range in words or as two times, and presets; all in the chosen time zone. */
export function TimeChoices({ presets, value, onChange }: Props) {
  const { zone } = useTimeZone();
  const [text, setText] = useState("");
  const [isAsked, setAsked] = useState(false);
  const id = useId();
  const range = parseTimeRange(text, serverNow(), zone);
  const error = isAsked && !range ? UNREADABLE : undefined;
  const set = (from: string, to: string) => onChange({ ...ANY_TIME, from, to });

  const submitWords = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (range) set(writeMoment(range.from), writeMoment(range.to));
  };
  const submitTimes = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = (name: string) => {
      const wall = String(form.get(name) ?? "");
      return wall && writeMoment(fromWall(wall, zone));
    };
    set(read("from"), read("to"));
  };
  const wall = (moment: string) => moment && toWall(Date.parse(moment), zone).slice(0, 16);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2 p-1">
      <form onSubmit={submitWords} className="grid gap-1" noValidate>
        <input
          aria-label="Time range"
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-says`}
          placeholder="yesterday 23:30 to 23:50"
          autoComplete="off"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAsked(false);
          }}
          className={inputStyle("h-8", Boolean(error))}
        />
        <div id={`${id}-says`} className="min-h-4 px-1 text-sm">
          {error ? (
            <FieldError id={id} error={error} />
          ) : (
            <span className="text-ink-muted">
              {range
                ? formatRange(writeMoment(range.from), writeMoment(range.to), zone)
                : "Press Enter to apply"}
            </span>
          )}
        </div>
      </form>
      <fieldset className="border-y py-1 empty:hidden" hidden={presets.length === 0}>
        <legend className="sr-only">Presets</legend>
        {presets.map((preset) => (
          <label key={preset.value} className={MENU_ITEM}>
            <input
              type="radio"
              name={id}
              checked={preset.value === value.age}
              onChange={() => onChange({ ...ANY_TIME, age: preset.value })}
              className="size-3.5 focus-visible:outline-offset-1"
            />
            {preset.label}
          </label>
        ))}
      </fieldset>
      {/* The key resets the fields for another zone or range. */}
      <form key={`${zone} ${value.from} ${value.to}`} onSubmit={submitTimes} className="grid gap-2">
        {(["from", "to"] as const).map((name) => (
          <label key={name} className="grid grid-cols-[3rem_minmax(0,1fr)] items-center">
            <span className="text-ink-muted px-1">{name === "from" ? "From" : "To"}</span>
            <input
              type="datetime-local"
              name={name}
              defaultValue={wall(value[name])}
              className={inputStyle("h-8")}
            />
          </label>
        ))}
        <Button type="submit" size="sm" className="justify-self-end">
          Apply
        </Button>
      </form>
      <div className="border-t pt-1">
        <TimeZoneChoice />
      </div>
    </div>
  );
}
