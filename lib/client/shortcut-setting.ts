import { useSyncExternalStore } from "react";

/** Single-key shortcuts get in the way of speech input and of some hands, so each browser can switch them off. */
const STORAGE_KEY = "runflow.shortcuts";

const listeners = new Set<() => void>();

export function areShortcutsOn(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== "off";
  } catch {
    return true;
  }
}

export function switchShortcuts(isOn: boolean): void {
  try {
    localStorage.setItem(STORAGE_KEY, isOn ? "on" : "off");
  } catch {
    // A browser that keeps nothing forgets the choice with the tab.
  }
  listeners.forEach((tell) => tell());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useShortcutSetting = (): boolean => useSyncExternalStore(subscribe, areShortcutsOn, () => true);
