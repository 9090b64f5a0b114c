"use client";

import { useTimedText } from "@/components/ui/clock";
import { formatDuration } from "@/lib/client/format-time";

/** The elapsed time, counting up. */
export function Elapsed({ since }: { since: string }) {
  return useTimedText((now) => formatDuration(Math.max(0, now - Date.parse(since))));
}
