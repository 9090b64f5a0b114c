import { Ban, CircleCheck, CircleDashed, Clock, Pause } from "lucide-react";
import { cx } from "@/components/ui/class-names";
import type { KeyState as State } from "@/lib/states/key";
import { STATE_WORDS } from "./key-words";

const LOOKS: Record<State, { Icon: typeof Ban; style: string }> = {
  active: { Icon: CircleCheck, style: "text-ink-muted" },
  pending: { Icon: CircleDashed, style: "text-ink-muted" },
  suspended: { Icon: Pause, style: "text-status-partial" },
  expired: { Icon: Clock, style: "text-ink-muted" },
  revoked: { Icon: Ban, style: "text-status-canceled" },
};

/** Whether a key works, by word, shape and color. */
export function KeyState({ state }: { state: State }) {
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
