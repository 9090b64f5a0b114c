"use client";

import { ChevronDown, X } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { cx } from "./class-names";
import { Popup } from "./popup";

type Props = {
  label: string;
  /** The filter's value in words; empty if not set. */
  summary: string;
  onClear: () => void;
  /** The popup's width in CSS pixels. */
  width?: number;
  /** The popup's content, which sets the filter. */
  children: ReactNode;
};

/** A filter as a chip: its value, a popup to set it, and a button to remove it. */
export function FilterChip({ label, summary, onClear, width = 256, children }: Props) {
  const isSet = summary !== "";
  const trigger = useRef<HTMLButtonElement>(null);
  const clear = () => {
    onClear();
    // The button disappears, so the focus moves.
    trigger.current?.focus();
  };
  return (
    <span
      className={cx(
        "border-line-strong inline-flex h-7 max-w-full items-center rounded-full border text-sm",
        isSet
          ? "bg-surface"
          : "border-dashed max-sm:group-data-folded/filters:not-focus-within:not-has-[:popover-open]:hidden",
      )}
    >
      <Popup
        label={`Filter by ${label.toLowerCase()}`}
        width={width}
        trigger={trigger}
        buttonClassName={cx(
          "inline-flex h-full min-w-0 items-center gap-1.5 rounded-full pl-2.5 hover:text-ink aria-expanded:text-ink",
          isSet ? "pr-1" : "pr-2 text-ink-muted hover:bg-hover aria-expanded:bg-hover",
        )}
        button={
          <>
            <span className={cx(isSet && "text-ink-muted")}>{label}</span>
            {isSet && <span className="truncate font-medium">{summary}</span>}
            {!isSet && <ChevronDown aria-hidden className="size-3" />}
          </>
        }
      >
        {children}
      </Popup>
      {isSet && (
        <button
          type="button"
          aria-label={`Remove the filter ${label.toLowerCase()}`}
          onClick={clear}
          className="text-ink-muted hover:bg-hover hover:text-ink grid h-full w-7 shrink-0 place-items-center rounded-full"
        >
          <X aria-hidden className="size-3" />
        </button>
      )}
    </span>
  );
}
