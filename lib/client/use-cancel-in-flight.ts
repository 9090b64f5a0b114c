"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";

/** Lets no answer in that was still on its way when updates were paused: what someone reads stays as it is. */
export function useCancelInFlight(queryKey: QueryKey, isPaused: boolean): void {
  const client = useQueryClient();
  const halt = useEffectEvent(() => void client.cancelQueries({ queryKey, exact: true }));
  useEffect(() => {
    if (isPaused) halt();
  }, [isPaused]);
}
