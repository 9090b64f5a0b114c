"use client";

import { useEffect } from "react";
import { hasSessionEnded } from "@/lib/client/session-end";
import { reportActivity } from "@/lib/client/sessions";

const EVERY_MS = 60_000;
const INPUTS = ["pointerdown", "keydown", "wheel", "touchmove"];
const LISTEN = { capture: true, passive: true };

/**
 * Reports a person's input, at most once a minute, so that their session doesn't end while they work. Polling
 * doesn't count: a page that nobody looks at must not keep its session alive.
 */
export function useActivityReport(): void {
  useEffect(() => {
    // Opening the page was the first use.
    let reportedAt = performance.now();
    const note = (event: Event) => {
      if (!event.isTrusted || hasSessionEnded() || performance.now() - reportedAt < EVERY_MS) return;
      reportedAt = performance.now();
      reportActivity().catch(() => undefined);
    };
    for (const input of INPUTS) window.addEventListener(input, note, LISTEN);
    return () => {
      for (const input of INPUTS) window.removeEventListener(input, note, LISTEN);
    };
  }, []);
}
