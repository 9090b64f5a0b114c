import { useSyncExternalStore } from "react";

/** Shared open state for a component that exists once per page and opens from several places. */
export function createOpenState() {
  let isOpen = false;
  const listeners = new Set<() => void>();
  const set = (open: boolean): void => {
    isOpen = open;
    listeners.forEach((tell) => tell());
  };
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    show: () => set(true),
    hide: () => set(false),
    useIsOpen: (): boolean =>
      useSyncExternalStore(
        subscribe,
        () => isOpen,
        () => false,
      ),
  };
}
