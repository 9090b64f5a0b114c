import { useSyncExternalStore } from "react";

/** The sheet is one for the page; a key and the account menu both open it. */
let isOpen = false;
const listeners = new Set<() => void>();

export function setKeySheet(open: boolean): void {
  isOpen = open;
  listeners.forEach((tell) => tell());
}

export const showKeySheet = (): void => setKeySheet(true);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useKeySheet = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => isOpen,
    () => false,
  );
