import { cx } from "@/components/ui/class-names";
import type { RunStatus } from "@/lib/states/run";
import { StatusIcon } from "./status-icon";
import { STATUS_TEXT, STATUS_WORDS } from "./status-words";

/**
 * A run's status by word, shape and color. Only the large one turns: a list of turning icons distracts, and
 * takes a slow computer 250 ms a second.
 */
export function StatusBadge({ status, isLarge = false }: { status: RunStatus; isLarge?: boolean }) {
  return (
    <span
      data-status={status}
      className={cx(
        "inline-flex items-center gap-1.5 align-middle font-medium whitespace-nowrap",
        STATUS_TEXT[status],
        isLarge && "text-lg",
      )}
    >
      <StatusIcon status={status} isStill={!isLarge} className={isLarge ? "size-5" : "size-4"} />
      {STATUS_WORDS[status]}
    </span>
  );
}
