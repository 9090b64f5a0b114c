"use client";

import type { RefObject } from "react";
import { useReturn } from "./use-return";
import { useShortcut } from "./use-shortcut";

/**
 * `j` and `k` move the focus between links or buttons marked `data-row`; Enter opens one as usual.
 * @param onExtend with Shift: the elements that had and have the focus
 */
export function useRowKeys(
  container: RefObject<HTMLElement | null>,
  onExtend: (from: Element | null, to: Element | null) => void,
): void {
  useReturn(container);
  const move = (step: 1 | -1) => {
    const rows = [...(container.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
    const here = rows.findIndex((row) => row.closest("tr")?.contains(document.activeElement));
    const next = here < 0 ? (step > 0 ? rows[0] : rows.at(-1)) : rows[here + step];
    // Shows the keyboard focus ring, although a script moves the focus.
    next?.focus({ focusVisible: true } as FocusOptions);
  };
  const extend = (step: 1 | -1) => {
    const from = document.activeElement;
    move(step);
    onExtend(from, document.activeElement);
  };
  useShortcut("J", () => extend(1), { mayRepeat: true });
  useShortcut("K", () => extend(-1), { mayRepeat: true });
  useShortcut("j", () => move(1), { mayRepeat: true });
  useShortcut("k", () => move(-1), { mayRepeat: true });
}
