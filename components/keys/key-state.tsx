import { Ban, CircleCheck, CircleDashed, Clock, Pause } from "lucide-react";
import { StateBadge, type StateLook } from "@/components/ui/state-badge";
import type { KeyState as State } from "@/lib/states/key";
import { STATE_WORDS } from "./key-words";

const LOOKS: Record<State, StateLook> = {
  active: { Icon: CircleCheck, style: "text-ink-muted" },
  pending: { Icon: CircleDashed, style: "text-ink-muted" },
  suspended: { Icon: Pause, style: "text-status-partial" },
  expired: { Icon: Clock, style: "text-ink-muted" },
  revoked: { Icon: Ban, style: "text-status-canceled" },
};

/** Whether a key works, by word, shape and color. */
export function KeyState({ state }: { state: State }) {
  return <StateBadge {...LOOKS[state]}>{STATE_WORDS[state]}</StateBadge>;
}
