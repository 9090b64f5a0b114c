"use client";

import type { ReactNode } from "react";
import { formatAbsolute } from "@/lib/client/format-time";
import { browserZone, UTC } from "@/lib/client/time-zone";
import { useTimeZone } from "./time-zone";

type Props = { time: string; className?: string | undefined; children?: ReactNode };

/** A time in the chosen zone; on hover in UTC and in the person's own zone. */
export function Moment({ time, className, children }: Props) {
  const { zone } = useTimeZone();
  const text = formatAbsolute(time, zone);
  return (
    <time
      dateTime={time}
      title={text}
      // Set in the browser: only it knows its own zone.
      onPointerEnter={(event) => {
        const own = zone === UTC ? browserZone() : zone;
        event.currentTarget.title = `${formatAbsolute(time)} · ${formatAbsolute(time, own)}, your time`;
      }}
      className={className}
    >
      {children ?? text}
    </time>
  );
}
