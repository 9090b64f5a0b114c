import { CircleCheck, CircleSlash, Mail } from "lucide-react";
import { cx } from "@/components/ui/class-names";
import type { Person } from "@/lib/contract/people";

const STATES = {
  active: { word: "Active", Icon: CircleCheck, style: "text-ink-muted" },
  invited: { word: "Invited", Icon: Mail, style: "text-accent" },
  disabled: { word: "Disabled", Icon: CircleSlash, style: "text-ink-muted" },
} as const;

export const STATE_OPTIONS = Object.entries(STATES).map(([value, { word }]) => ({ value, label: word }));

/** Whether a person can sign in, by word, shape and color. */
export function PersonState({ state }: Pick<Person, "state">) {
  const { word, Icon, style } = STATES[state];
  return (
    <span
      className={cx("inline-flex items-center gap-1.5 align-middle font-medium whitespace-nowrap", style)}
    >
      <Icon aria-hidden className="size-4" />
      {word}
    </span>
  );
}
