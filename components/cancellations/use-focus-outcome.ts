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
    else if (hasEnded && hadFocus.current && isNowhere(document.activeElement)) outcome.current?.focus();
  }, [hasEnded, isOpen]);
  return outcome;
}

/** A closed dialog keeps the focus until the next frame if the button that opened it is gone. */
const isNowhere = (focused: Element | null): boolean =>
  focused === null || focused === document.body || focused.closest("dialog:not([open])") !== null;
