import { CircleCheck, CircleSlash, Mail } from "lucide-react";
import { StateBadge } from "@/components/ui/state-badge";
import type { Person } from "@/lib/contract/people";

const STATES = {
  active: { word: "Active", Icon: CircleCheck, style: "text-ink-muted" },
  invited: { word: "Invited", Icon: Mail, style: "text-accent" },
  disabled: { word: "Disabled", Icon: CircleSlash, style: "text-ink-muted" },
} as const;

export const STATE_OPTIONS = Object.entries(STATES).map(([value, { word }]) => ({ value, label: word }));

/** Whether a person can sign in, by word, shape and color. */
export function PersonState({ state }: Pick<Person, "state">) {
  const { word, ...look } = STATES[state];
  return <StateBadge {...look}>{word}</StateBadge>;
}
