"use client";

import { useTimedText } from "@/components/ui/clock";
import { Moment } from "@/components/ui/moment";
import { formatRough } from "@/lib/client/format-time";

/** How long something has lasted; its start on hover. */
export function Elapsed({ since }: { since: string }) {
  const text = useTimedText((now) => formatRough(Math.max(0, now - Date.parse(since))));
  return <Moment time={since}>{text}</Moment>;
}
