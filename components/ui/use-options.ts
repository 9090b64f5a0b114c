"use client";

import { type KeyboardEvent, type MouseEvent, useEffect, useId, useState } from "react";
import { readPress } from "./keys";

type Props = {
  count: number;
  /** Whether Enter chooses the first option without an arrow key before it. */
  isFirstActive: boolean;
  onChoose: (index: number) => void;
};

/**
 * A text field with a list of options below it (WAI-ARIA combobox): the focus stays in the field, and arrows
 * move through the list. Enter chooses; without an active option it submits the form.
 */
export function useOptions({ count, isFirstActive, onChoose }: Props) {
  const id = useId();
  const start = isFirstActive ? 0 : -1;
  const [moved, setMoved] = useState(start);
  const active = Math.min(moved, count - 1);
  const optionId = (index: number) => `${id}-${index}`;

  useEffect(() => {
    if (active >= 0) document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [id, active]);

  const onKeyDown = (event: KeyboardEvent) => {
    const press = readPress(event);
    if (count === 0 || !press) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[press.key];
    if (step) setMoved((Math.max(active, step < 0 ? 0 : -1) + step + count) % count);
    else if (press.key === "Enter" && !press.isRepeat && active >= 0) onChoose(active);
    else return;
    event.preventDefault();
  };
  return {
    listId: `${id}-list`,
    reset: () => setMoved(start),
    fieldProps: {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": count > 0,
      "aria-controls": count > 0 ? `${id}-list` : undefined,
      "aria-activedescendant": active >= 0 ? optionId(active) : undefined,
      onKeyDown,
    } as const,
    optionProps: (index: number) =>
      ({
        id: optionId(index),
        role: "option",
        "aria-selected": index === active,
        // A press must not move the focus out of the field.
        onMouseDown: (event: MouseEvent) => event.preventDefault(),
        onMouseMove: () => index !== active && setMoved(index),
        onClick: () => onChoose(index),
      }) as const,
  };
}
