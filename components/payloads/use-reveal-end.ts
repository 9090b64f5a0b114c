"use client";

import { useEffect, useEffectEvent } from "react";
import { onTick } from "@/components/ui/clock";
import { serverNow } from "@/lib/client/server-time";

/**
 * How long to wait before asking the server again, if only the computer's clock says that the reveal is over.
 */
const ASK_AGAIN_MS = 5_000;

/**
 * Ends a reveal by the server's clock and the remaining time. The computer's clock keeps counting during
 * sleep, but it may be wrong, so it only makes the page ask the server.
 * @param onEnd `isSure`: the time is up; otherwise ask the server
 */
export function useRevealEnd(until: string | null, leftMs: number, onEnd: (isSure: boolean) => void): void {
  const end = useEffectEvent(onEnd);
  useEffect(() => {
    if (until === null) return;
    const [date, ticks] = [Date.now(), performance.now()];
    let askedAt = -Infinity;
    return onTick(() => {
      const isSure = serverNow() >= Date.parse(until) || performance.now() - ticks >= leftMs;
      const isLikely = Date.now() - date >= leftMs;
      if (!isSure && !(isLikely && performance.now() - askedAt >= ASK_AGAIN_MS)) return;
      askedAt = performance.now();
      end(isSure);
    });
  }, [until, leftMs]);
}
