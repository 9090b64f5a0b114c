"use client";

import { useEffectEvent, useLayoutEffect } from "react";
import { areShortcutsOn } from "@/lib/client/shortcut-setting";
import { readPress } from "./keys";

const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]";
const ON_TOP = "dialog[open], :popover-open";

/**
 * Handles a single-key shortcut, unless the person types, something is open on top, or they turned shortcuts
 * off.
 * @param key as `keyOf` gives it: the same key on every layout
 * @param mayRepeat whether a held key repeats, as for moving through rows
 */
export function useShortcut(key: string, run: () => void, { mayRepeat = false } = {}): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const press = readPress(event);
    if (press?.key !== key || event.defaultPrevented || press.isCommand || press.isAlt) return;
    if (!areShortcutsOn() || (press.isRepeat && !mayRepeat)) return;
    if (event.target instanceof Element && event.target.closest(TYPING)) return;
    if (document.querySelector(ON_TOP)) return;
    event.preventDefault();
    run();
  });

  // Before the paint: a key pressed as soon as the page shows its target must find the handler.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
