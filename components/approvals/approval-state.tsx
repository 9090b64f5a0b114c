import { CircleCheck, CircleDashed, CircleX, Clock, Undo2 } from "lucide-react";
import { StateBadge, type StateLook } from "@/components/ui/state-badge";
import type { ApprovalState as State } from "@/lib/states/approval";
import { STATE_WORDS } from "./approval-words";

const LOOKS: Record<State, StateLook> = {
  pending: { Icon: CircleDashed, style: "text-status-queued" },
  approved: { Icon: CircleCheck, style: "text-status-running" },
  refused: { Icon: CircleX, style: "text-status-canceled" },
  withdrawn: { Icon: Undo2, style: "text-ink-muted" },
  used: { Icon: CircleCheck, style: "text-ink-muted" },
  expired: { Icon: Clock, style: "text-ink-muted" },
};

/** The state of an approval request, by word, shape and color. */
export function ApprovalState({ state }: { state: State }) {
  return <StateBadge {...LOOKS[state]}>{STATE_WORDS[state]}</StateBadge>;
}
