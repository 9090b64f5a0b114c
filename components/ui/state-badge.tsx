import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./class-names";

/** An icon and its color for a state; the color as a class name. */
export type StateLook = { Icon: LucideIcon; style: string };

/** A state by word, shape and color. */
export function StateBadge({ Icon, style, children }: StateLook & { children: ReactNode }) {
  return (
    <span
      className={cx("inline-flex items-center gap-1.5 align-middle font-medium whitespace-nowrap", style)}
    >
      <Icon aria-hidden className="size-4" />
      {children}
    </span>
  );
}
