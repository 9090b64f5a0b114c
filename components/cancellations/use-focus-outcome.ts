"use client";

import { type RefObject, useEffect, useRef } from "react";

/**
 * Moves the focus to the outcome when the button that had the focus is gone.
 * @returns the ref of the element that replaces the button
 */
export function useFocusOutcome(
  hasEnded: boolean,
  isOpen: boolean,
  button: RefObject<HTMLButtonElement | null>,
): RefObject<HTMLDivElement | null> {
  const outcome = useRef<HTMLDivElement>(null);
  const hadFocus = useRef(false);
  useEffect(() => {
    const element = button.current;
    if (!element) return;
    const note = () => (hadFocus.current = document.activeElement === element);
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, [button, hasEnded]);
  useEffect(() => {
    if (isOpen) hadFocus.current = true;
    else if (hasEnded && hadFocus.current && document.activeElement === document.body)
      outcome.current?.focus();
  }, [hasEnded, isOpen]);
  return outcome;
}
