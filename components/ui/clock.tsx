"use client";

import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";

/** More than a request's travel time: below it, the two clocks count as equal. */
const SKEW_MS = 3_000;

type Clock = { renderedAt: number; skewMs: number };
const ClockContext = createContext<Clock>({ renderedAt: 0, skewMs: 0 });

let isSkewMeasured = false;
let measuredSkewMs = 0;

/**
 * Keeps relative times truthful: the first paint uses the server's moment, so that it hydrates without a jump, and a
 * computer whose clock is wrong counts from the server's.
 */
export function ClockProvider({ renderedAt, children }: { renderedAt: number; children: ReactNode }) {
  if (typeof window !== "undefined" && !isSkewMeasured) {
    const skew = renderedAt - Date.now();
    measuredSkewMs = Math.abs(skew) > SKEW_MS ? skew : 0;
    isSkewMeasured = true;
  }
  return <ClockContext value={{ renderedAt, skewMs: measuredSkewMs }}>{children}</ClockContext>;
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for the page, however many times it shows. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((tell) => tell()), 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** A text that depends on the time; the component renders again only when the text changes. */
export function useTimedText(format: (now: number) => string): string {
  const { renderedAt, skewMs } = useContext(ClockContext);
  return useSyncExternalStore(
    subscribe,
    () => format(Date.now() + skewMs),
    () => format(renderedAt),
  );
}
