import type { ReactNode } from "react";
import { cx } from "./class-names";

const TONE = {
  neutral: "bg-sunken text-ink-muted",
  warn: "bg-warn-tint text-warn",
  danger: "bg-danger-tint text-danger",
};

type Props = { tone: keyof typeof TONE; isSmall?: boolean; title?: string; children: ReactNode };

/** A highlighted figure. */
export function Mark({ tone, isSmall = false, title, children }: Props) {
  return (
    <span
      title={title}
      className={cx(
        "inline-block rounded-sm px-1 font-medium whitespace-nowrap tabular-nums forced-colors:outline",
        isSmall && "text-xs",
        TONE[tone],
      )}
    >
      {children}
    </span>
  );
}
