"use client";

import { useEffect, useSyncExternalStore } from "react";
import { historyEntry } from "./history-entry";

/** A page has at most one pausable update stream, or `none`. */
type Updates = "none" | "flowing" | "paused";

let updates: Updates = "none";
const watchers = new Set<() => void>();

function become(next: Updates): void {
  updates = next;
  watchers.forEach((tell) => tell());
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
}

/** History entries with paused updates, so that going back finds the page still paused. */
const pausedEntries = new Set<string>();

/**
 * Makes the page's updates pausable while it is mounted.
 * @returns whether they are paused
 */
export function usePausable(): boolean {
  useEffect(() => {
    become(pausedEntries.has(historyEntry()) ? "paused" : "flowing");
    return () => become("none");
  }, []);
  return useIsPaused();
}

export const useIsPaused = (): boolean =>
  useSyncExternalStore(
    watch,
    () => updates === "paused",
    () => false,
  );

export const useUpdates = (): Updates =>
  useSyncExternalStore(
    watch,
    () => updates,
    () => "none",
  );

/** Pauses or resumes the current page's updates. */
export function togglePause(): void {
  const next = updates === "paused" ? "flowing" : "paused";
  if (next === "paused") pausedEntries.add(historyEntry());
  else pausedEntries.delete(historyEntry());
  become(next);
}
