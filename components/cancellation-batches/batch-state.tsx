import { Ban, CircleCheck, CircleDashed, Clock, LoaderCircle } from "lucide-react";
import { cx } from "@/components/ui/class-names";
import type { BatchState as State } from "@/lib/contract/cancellation-batches";
import { STATE_WORDS } from "./batch-words";

const LOOKS: Record<State, { Icon: typeof Ban; style: string }> = {
  planned: { Icon: CircleDashed, style: "text-status-queued" },
  expired: { Icon: Clock, style: "text-ink-muted" },
  running: { Icon: LoaderCircle, style: "text-status-running" },
  aborted: { Icon: Ban, style: "text-status-canceled" },
  completed: { Icon: CircleCheck, style: "text-ink-muted" },
};

/** The state of a bulk cancellation, by word, shape and color. */
export function BatchState({ state }: { state: State }) {
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
