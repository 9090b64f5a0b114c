"use client";

import { Check } from "lucide-react";
import { cx } from "./class-names";

type Props = { label: string; isOn: boolean; onChange: (isOn: boolean) => void };

/** An on/off filter as a chip. */
export function ToggleChip({ label, isOn, onChange }: Props) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={() => onChange(!isOn)}
      className={cx(
        "border-line-strong hover:bg-hover hover:text-ink inline-flex h-7 items-center gap-1.5 rounded-full border px-2.5 text-sm",
        isOn ? "bg-surface font-medium" : "text-ink-muted border-dashed",
      )}
    >
      {isOn && <Check aria-hidden className="size-3" />}
      {label}
    </button>
  );
}
