"use client";

import { formatAbsolute, formatAgo } from "@/lib/client/format-time";
import { useTimedText } from "./clock";

/** How long ago; the moment itself on hover. */
export function RelativeTime({ time, className }: { time: string; className?: string }) {
  const text = useTimedText((now) => formatAgo(time, now));
  return (
    <time dateTime={time} title={formatAbsolute(time)} className={className}>
      {text}
    </time>
  );
}
