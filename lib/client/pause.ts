"use client";

import { useEffect, useSyncExternalStore } from "react";
import { historyEntry } from "./history-entry";

/** A page has at most one thing whose updates can be paused; `none` where it has nothing. */
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

/** History entries whose page is paused, so that back navigation finds it still paused. */
const pausedEntries = new Set<string>();

/** For the page: that its updates can be paused, for as long as it is there. @returns whether they are */
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

/** Pauses the updates of the page that is there, or lets them flow again. */
export function togglePause(): void {
  const next = updates === "paused" ? "flowing" : "paused";
  if (next === "paused") pausedEntries.add(historyEntry());
  else pausedEntries.delete(historyEntry());
  become(next);
}
