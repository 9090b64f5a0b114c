"use client";

import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import { checkForJump, noteServerTime, serverNow } from "@/lib/client/server-time";

/** When the server rendered the page, in server milliseconds. */
const ClockContext = createContext(0);

let isFirst = true;

/**
 * Keeps relative times correct. The first paint uses the server's time, to hydrate without a jump; later
 * ticks follow the server's clock, so a wrong computer clock can't make a run look older.
 */
export function ClockProvider({ renderedAt, children }: { renderedAt: number; children: ReactNode }) {
  if (typeof window !== "undefined") {
    // The first document was rendered after navigation start; a later one's delay is unknown.
    noteServerTime(renderedAt, isFirst ? renderedAt + performance.now() : Infinity);
    isFirst = false;
  }
  return <ClockContext value={renderedAt}>{children}</ClockContext>;
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  checkForJump();
  listeners.forEach((tell) => tell());
}

/** One timer for the whole page; it also ticks as soon as the page becomes visible again. */
export function onTick(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    timer = setInterval(tick, 1_000);
    document.addEventListener("visibilitychange", tick);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    document.removeEventListener("visibilitychange", tick);
    timer = undefined;
  };
}

/** A time-dependent text; the component renders again only when the text changes. */
export function useTimedText(format: (now: number) => string): string {
  const renderedAt = useContext(ClockContext);
  return useSyncExternalStore(
    onTick,
    () => format(serverNow()),
    () => format(renderedAt),
  );
}
