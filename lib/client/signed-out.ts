import { useSyncExternalStore } from "react";

/** The session can end while a page is open; the first refused call tells the whole page. */
let isSignedOut = false;
const listeners = new Set<() => void>();

export function reportSignedOut(): void {
  isSignedOut = true;
  listeners.forEach((tell) => tell());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useSignedOut = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => isSignedOut,
    () => false,
  );
