"use client";

import { type RefObject, useEffect, useRef } from "react";

/**
 * Keeps the focus near when a change of state removes the button that had it.
 * @returns the ref of the element that takes the focus instead
 */
export function useFocusAfter(state: string): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  const known = useRef(state);
  useEffect(() => {
    if (known.current === state) return;
    known.current = state;
    if (document.activeElement === document.body) box.current?.focus({ preventScroll: true });
  }, [state]);
  return box;
}
