import { useSyncExternalStore } from "react";

/** The sheet is one for the page; a key and the account menu both open it. */
let isOpen = false;
const listeners = new Set<() => void>();

function set(open: boolean): void {
  isOpen = open;
  listeners.forEach((tell) => tell());
}

export const showKeySheet = (): void => set(true);
export const hideKeySheet = (): void => set(false);

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
