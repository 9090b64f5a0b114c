"use client";

import { useEffect, useEffectEvent } from "react";
import { areShortcutsOn } from "@/lib/client/shortcut-setting";

const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]";
const ON_TOP = "dialog[open], :popover-open";

/**
 * Answers a single key, unless the person is typing, something is open on top, or they have switched such keys off.
 * @param key as in KeyboardEvent.key; `?` and `/` as the keyboard's layout gives them
 */
export function useShortcut(key: string, run: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== key || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!areShortcutsOn() || event.isComposing) return;
    if (event.target instanceof Element && event.target.closest(TYPING)) return;
    if (document.querySelector(ON_TOP)) return;
    event.preventDefault();
    run();
  });

  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
