import type { ReactNode } from "react";
import { cx } from "@/components/ui/class-names";
import type { RunStatus } from "@/lib/states/run";
import { STATUS_TEXT } from "./status-words";

const ring = { cx: 8, cy: 8, r: 6, stroke: "currentColor", strokeWidth: 1.75, fill: "none" } as const;
const mark = {
  stroke: "var(--surface)",
  strokeWidth: 1.75,
  strokeLinecap: "round",
  strokeLinejoin: "round",
  fill: "none",
} as const;

/** Each status has a distinct shape, so nothing depends on color alone. */
const SHAPES: Record<RunStatus, ReactNode> = {
  queued: <circle {...ring} strokeDasharray="2.2 2.51" />,
  dispatching: (
    <>
      <circle {...ring} />
      <path d="M8 8V4.5A3.5 3.5 0 0 1 11.5 8Z" fill="currentColor" />
    </>
  ),
  running: (
    <>
      <circle {...ring} strokeOpacity=".3" />
      <path
        d="M8 2a6 6 0 0 1 6 6"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        fill="none"
      />
      <circle cx="8" cy="8" r="2.25" fill="currentColor" />
    </>
  ),
  succeeded: (
    <>
      <circle cx="8" cy="8" r="6.9" fill="currentColor" />
      <path d="m5.2 8.2 2 2 3.6-4.2" {...mark} />
    </>
  ),
  partial_succeeded: (
    <>
      <circle {...ring} />
      <path d="M8 4a4 4 0 0 0 0 8Z" fill="currentColor" />
    </>
  ),
  failed: (
    <>
      <circle cx="8" cy="8" r="6.9" fill="currentColor" />
      <path d="m5.9 5.9 4.2 4.2m0-4.2-4.2 4.2" {...mark} />
    </>
  ),
  canceled: (
    <>
      <circle {...ring} />
      <path d="m3.9 12.1 8.2-8.2" stroke="currentColor" strokeWidth="1.75" />
    </>
  ),
};

type Props = {
  status: RunStatus;
  /** In lists, and for a status that the run has left. */
  isStill?: boolean;
  className?: string;
};

/** Rotates the whole SVG: rotating a part would repaint every frame. */
export function StatusIcon({ status, isStill = false, className = "size-4" }: Props) {
  const isTurning = status === "running" && !isStill;
  return (
    <svg
      aria-hidden
      viewBox="0 0 16 16"
      className={cx("shrink-0", isTurning && "turning", STATUS_TEXT[status], className)}
    >
      {SHAPES[status]}
    </svg>
  );
}
