"use client";

import { type RefObject, useEffect } from "react";
import { historyEntry } from "@/lib/client/history-entry";

/** Where a list was left: its row and scroll position. */
type Place = { row: number; scrollY: number };

const places = new Map<string, Place>();
let lastSeen: string | undefined;

/**
 * Records the last visited row, so that its page can link to the next one.
 * @param href as in the row
 */
export function noteLastSeen(href: string): void {
  lastSeen = href;
}

const rowsOf = (container: HTMLElement | null): HTMLElement[] => [
  ...(container?.querySelectorAll<HTMLElement>("[data-row]") ?? []),
];

/** Back navigation to a list restores its focused row and scroll position. */
export function useReturn(container: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const place = places.get(historyEntry());
    const rows = rowsOf(container.current);
    // Only on back navigation, which leaves the focus nowhere.
    if (place && document.activeElement === document.body) {
      const seen = rows.find((row) => row.getAttribute("href") === lastSeen);
      const row = seen ?? rows[Math.min(place.row, rows.length - 1)];
      row?.focus({ preventScroll: true });
      window.scrollTo({ top: place.scrollY, behavior: "instant" });
      row?.scrollIntoView({ block: "nearest", behavior: "instant" });
    }
    const remember = (event: MouseEvent) => {
      const row = rowsOf(container.current).findIndex(
        (one) => one === event.target || one.closest("tr")?.contains(event.target as Node),
      );
      if (row >= 0) places.set(historyEntry(), { row, scrollY: window.scrollY });
    };
    document.addEventListener("click", remember, true);
    return () => document.removeEventListener("click", remember, true);
  }, [container]);
}
