import { CircleCheck, CircleDashed, CircleX, Clock, type LucideIcon, Undo2 } from "lucide-react";
import { cx } from "@/components/ui/class-names";
import type { ApprovalState as State } from "@/lib/states/approval";
import { STATE_WORDS } from "./approval-words";

const LOOKS: Record<State, { Icon: LucideIcon; style: string }> = {
  pending: { Icon: CircleDashed, style: "text-status-queued" },
  approved: { Icon: CircleCheck, style: "text-status-running" },
  refused: { Icon: CircleX, style: "text-status-canceled" },
  withdrawn: { Icon: Undo2, style: "text-ink-muted" },
  used: { Icon: CircleCheck, style: "text-ink-muted" },
  expired: { Icon: Clock, style: "text-ink-muted" },
};

/** The state of an approval request, by word, shape and color. */
export function ApprovalState({ state }: { state: State }) {
  const { Icon, style } = LOOKS[state];
  return (
    <span
      className={cx("inline-flex items-center gap-1.5 align-middle font-medium whitespace-nowrap", style)}
    >
      <Icon aria-hidden className="size-4" />
      {STATE_WORDS[state]}
    </span>
  );
}
