import { CircleCheck, CircleDashed } from "lucide-react";
import { cx } from "@/components/ui/class-names";

/** Whether a secret is current or on standby, by word, shape and color. */
export function SecretState({ isCurrent }: { isCurrent: boolean }) {
  const Icon = isCurrent ? CircleCheck : CircleDashed;
  return (
    <span
      className={cx(
        "inline-flex items-center gap-1.5 align-middle font-medium whitespace-nowrap",
        isCurrent ? "text-ink" : "text-ink-muted",
      )}
    >
      <Icon aria-hidden className="size-4" />
      {isCurrent ? "In use" : "Standby"}
    </span>
  );
}
