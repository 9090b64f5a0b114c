"use client";

import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { type Changed, gatherChanges } from "./gather-changes";
import { followRuns, onStreamState, streamState, type StreamState } from "./live";

const OFF: StreamState = "off";

/** How the stream stands; a component that polls behind it is rendered anew when that changes. */
export const useStreamState = (): StreamState => useSyncExternalStore(onStreamState, streamState, () => OFF);

type Options = { isPaused?: boolean; everyMs?: number };

/**
 * Asks anew whenever runs change, for as long as the component is there and not paused.
 * @param ask resolves when it is answered; changes that come before are asked about together afterwards
 */
export function useRunChanges(
  ask: (changed: Changed) => Promise<unknown>,
  { isPaused = false, everyMs = 500 }: Options = {},
): void {
  const askNow = useEffectEvent(ask);
  useEffect(() => {
    if (isPaused) return;
    const changes = gatherChanges((changed) => askNow(changed), everyMs);
    const unfollow = followRuns((changed) => changes.add(changed));
    return () => {
      unfollow();
      changes.stop();
    };
  }, [isPaused, everyMs]);
}
