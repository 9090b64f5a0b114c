import { useSyncExternalStore } from "react";

const KEY = "runflow.stuck-seen";
const listeners = new Set<() => void>();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Without storage, nothing counts as new. */
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

/** How many runs were stuck when this browser last showed the stuck page; Infinity until then. */
export const useStuckSeen = (): number => useSyncExternalStore(subscribe, read, () => Infinity);
