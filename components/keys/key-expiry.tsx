"use client";

import { useTimedText } from "@/components/ui/clock";
import { Mark } from "@/components/ui/mark";
import { Moment } from "@/components/ui/moment";
import { formatAge } from "@/lib/client/format-time";
import type { ApiKey } from "@/lib/contract/keys";

const DAY_MS = 86_400_000;
/** Enough time to hand out a replacement. */
const SOON_MS = 7 * DAY_MS;

type Props = Pick<ApiKey, "state"> & { expiresAt: string };

/**
 * How long a key still works, or when it stopped; the exact time on hover. Highlights keys that expire soon.
 */
export function KeyExpiry({ state, expiresAt }: Props) {
  const text = useTimedText((now) => {
    const ms = Date.parse(expiresAt) - now;
    const isSoon = state === "active" && ms > 0 && ms < SOON_MS;
    return `${isSoon ? "!" : ""}${ms > 0 ? `in ${formatAge(ms)}` : `${formatAge(-ms)} ago`}`;
  });
  const time = <Moment time={expiresAt}>{text.replace("!", "")}</Moment>;
  return text.startsWith("!") ? <Mark tone="warn">{time}</Mark> : time;
}
