"use client";

import { useId } from "react";
import { browserZone, offsetName, UTC, zoneName } from "@/lib/client/time-zone";
import { MENU_ITEM } from "./popup-style";
import { useTimeZone } from "./time-zone";

/** Switches between UTC and the person's own zone, on every page in this browser. */
export function TimeZoneChoice() {
  const { zone, choose } = useTimeZone();
  const own = browserZone();
  const group = useId();
  const choices = [
    { value: UTC, text: UTC },
    ...(own === UTC ? [] : [{ value: own, text: `${zoneName(own)} (${offsetName(Date.now(), own)})` }]),
    // Chosen on another computer, or in another zone.
    ...(zone === UTC || zone === own ? [] : [{ value: zone, text: zoneName(zone) }]),
  ];
  return (
    <fieldset>
      <legend className="text-ink-muted px-2 py-1 text-sm">Time zone</legend>
      {choices.map(({ value, text }) => (
        <label key={value} className={MENU_ITEM}>
          <input
            type="radio"
            name={group}
            checked={zone === value}
            onChange={() => choose(value)}
            className="size-3.5 focus-visible:outline-offset-1"
          />
          {text}
        </label>
      ))}
    </fieldset>
  );
}
