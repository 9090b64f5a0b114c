"use client";

import { formatAgo } from "@/lib/client/format-time";
import { useTimedText } from "./clock";
import { Moment } from "./moment";

/** How long ago; the exact time on hover. */
export function RelativeTime({ time, className }: { time: string; className?: string }) {
  const text = useTimedText((now) => formatAgo(time, now));
  return (
    <Moment time={time} className={className}>
      {text}
    </Moment>
  );
}
