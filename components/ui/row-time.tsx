"use client";

import { formatAgo, formatShort } from "@/lib/client/format-time";
import { useTimedText } from "./clock";
import { Moment } from "./moment";
import { useTimeZone } from "./time-zone";

const HOUR_MS = 3_600_000;

/** A time in a list: how long ago and when. With room for one: how long ago for an hour, then when. */
export function RowTime({ time }: { time: string }) {
  const { zone } = useTimeZone();
  const [ago, at, isOld] = useTimedText((now) =>
    [formatAgo(time, now), formatShort(time, now, zone), now - Date.parse(time) > HOUR_MS].join("|"),
  ).split("|");
  return (
    <Moment time={time} className="min-[90rem]:grid min-[90rem]:grid-cols-[5rem_auto]">
      <span className={isOld === "true" ? "max-[90rem]:hidden" : undefined}>{ago}</span>
      <span className={isOld === "true" ? "min-[90rem]:text-ink-faint" : "text-ink-faint max-[90rem]:hidden"}>
        {at}
      </span>
    </Moment>
  );
}
