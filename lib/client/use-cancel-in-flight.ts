"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";

/**
 * Drops responses still in flight when updates are paused, so that the text doesn't change while someone
 * reads.
 */
export function useCancelInFlight(queryKey: QueryKey, isPaused: boolean): void {
  const client = useQueryClient();
  const halt = useEffectEvent(() => void client.cancelQueries({ queryKey, exact: true }));
  useEffect(() => {
    if (isPaused) halt();
  }, [isPaused]);
}
