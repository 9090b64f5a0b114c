import { CircleCheck, CircleDashed } from "lucide-react";
import { StateBadge, type StateLook } from "@/components/ui/state-badge";

const IN_USE: StateLook = { Icon: CircleCheck, style: "text-ink" };
const STANDBY: StateLook = { Icon: CircleDashed, style: "text-ink-muted" };

/** Whether a secret is current or on standby, by word, shape and color. */
export function SecretState({ isCurrent }: { isCurrent: boolean }) {
  return <StateBadge {...(isCurrent ? IN_USE : STANDBY)}>{isCurrent ? "In use" : "Standby"}</StateBadge>;
}
