import { useSyncExternalStore } from "react";

const KEY = "runflow.stuck-seen";
const listeners = new Set<() => void>();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** A browser that keeps nothing never has anything new. */
function read(): number {
  try {
    return Number(localStorage.getItem(KEY) ?? Infinity);
  } catch {
    return Infinity;
  }
}

export function noteStuckSeen(count: number): void {
  try {
    localStorage.setItem(KEY, String(count));
  } catch {
    return;
  }
  listeners.forEach((tell) => tell());
}

/** How many runs were stuck when the person last had their page open in this browser; Infinity until then. */
export const useStuckSeen = (): number => useSyncExternalStore(subscribe, read, () => Infinity);
