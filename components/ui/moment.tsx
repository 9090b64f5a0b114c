"use client";

import type { ReactNode } from "react";
import { formatAbsolute, formatLocal } from "@/lib/client/format-time";

type Props = { time: string; className?: string | undefined; children?: ReactNode };

/** A moment. On hover it says itself in UTC and in the person's own time, which only their browser knows. */
export function Moment({ time, className, children = formatAbsolute(time) }: Props) {
  return (
    <time
      dateTime={time}
      title={formatAbsolute(time)}
      // Set here and not by rendering: the server's page and the browser's first one stay the same.
      onPointerEnter={(event) => {
        event.currentTarget.title = `${formatAbsolute(time)} · ${formatLocal(time)}`;
      }}
      className={className}
    >
      {children}
    </time>
  );
}
