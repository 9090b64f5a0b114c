import { useSyncExternalStore } from "react";

/** Single-key shortcuts interfere with speech input and with tremor, so each browser can turn them off. */
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
    // Without storage, the setting lasts until the tab closes.
  }
  listeners.forEach((tell) => tell());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useShortcutSetting = (): boolean => useSyncExternalStore(subscribe, areShortcutsOn, () => true);
