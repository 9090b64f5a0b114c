"use client";

import { ChevronDown } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { Button } from "./button";
import { cx } from "./class-names";
import { FilterRow } from "./filter-row";

type Props = {
  /** Chips. */
  children: ReactNode;
  /** Whether any filter is active. */
  isSet: boolean;
  onClear: () => void;
  /** While any filter is active: actions for all that match. */
  actions?: ReactNode;
  isPending?: boolean;
  /** The chips' validation messages. */
  problems?: ReactNode;
  /** Text boxes, and whether any has a value. */
  boxes: ReactNode;
  isTyped: boolean;
  /** Whether the boxes and tools have the first row to themselves. */
  isBoxFirst?: boolean;
  /** Shown next to the filters. */
  tools?: ReactNode;
};

/**
 * A list's filters. Narrow screens show only active filters and a button for the rest: people need the rows.
 */
export function FilterBar(props: Props) {
  const { children, isSet, onClear, actions, isPending, problems, boxes, isTyped, isBoxFirst, tools } = props;
  const [isFolded, setFolded] = useState(true);
  const bar = useRef<HTMLDivElement>(null);
  const clear = () => {
    onClear();
    // The button disappears, so the focus moves.
    bar.current!.querySelector<HTMLElement>("[popovertarget]")?.focus();
  };
  return (
    <div
      ref={bar}
      aria-busy={isPending}
      data-folded={isFolded || undefined}
      className="group/filters flex flex-wrap items-start gap-x-3 gap-y-2 max-sm:gap-x-2"
    >
      <Button size="sm" className="sm:hidden" aria-expanded={!isFolded} onClick={() => setFolded(!isFolded)}>
        Filters
        <ChevronDown aria-hidden className={cx("size-3", !isFolded && "rotate-180")} />
      </Button>
      <FilterRow isLoose={isFolded} isPending={isPending} problems={problems}>
        {children}
        {isSet && (
          <span className="flex flex-wrap gap-1.5 max-sm:group-data-folded/filters:hidden">
            <Button variant="ghost" size="sm" onClick={clear}>
              Clear all
            </Button>
            {actions}
          </span>
        )}
      </FilterRow>
      <div
        className={cx(
          "flex flex-1 items-start gap-x-3 max-sm:contents",
          isBoxFirst && "order-first basis-full",
          tools ? "sm:min-w-104" : "sm:min-w-72",
        )}
      >
        <div
          className={cx(
            "flex min-w-72 flex-1 gap-2 sm:min-w-0",
            isFolded && !isTyped && "max-sm:not-focus-within:not-has-[:popover-open]:hidden",
          )}
        >
          {boxes}
        </div>
        {tools}
      </div>
    </div>
  );
}
