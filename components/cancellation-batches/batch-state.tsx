import { Ban, CircleCheck, CircleDashed, Clock, LoaderCircle } from "lucide-react";
import { StateBadge, type StateLook } from "@/components/ui/state-badge";
import type { BatchState as State } from "@/lib/contract/cancellation-batches";
import { STATE_WORDS } from "./batch-words";

const LOOKS: Record<State, StateLook> = {
  planned: { Icon: CircleDashed, style: "text-status-queued" },
  expired: { Icon: Clock, style: "text-ink-muted" },
  running: { Icon: LoaderCircle, style: "text-status-running" },
  aborted: { Icon: Ban, style: "text-status-canceled" },
  completed: { Icon: CircleCheck, style: "text-ink-muted" },
};

/** The state of a bulk cancellation, by word, shape and color. */
export function BatchState({ state }: { state: State }) {
  return <StateBadge {...LOOKS[state]}>{STATE_WORDS[state]}</StateBadge>;
}
