"use client";

import { formatAgo, formatShort } from "@/lib/client/format-time";
import { useTimedText } from "./clock";
import { Moment } from "./moment";
import { useTimeZone } from "./time-zone";

/** A time in a list: how long ago and, if there is room, when. */
export function RowTime({ time }: { time: string }) {
  const { zone } = useTimeZone();
  const [ago, at] = useTimedText((now) => `${formatAgo(time, now)}|${formatShort(time, now, zone)}`).split(
    "|",
  );
  return (
    <Moment time={time} className="min-[90rem]:grid min-[90rem]:grid-cols-[4.5rem_auto]">
      <span>{ago}</span>
      <span className="text-ink-faint max-[90rem]:hidden">{at}</span>
    </Moment>
  );
}
