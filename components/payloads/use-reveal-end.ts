"use client";

import { useEffect, useEffectEvent } from "react";
import { onTick } from "@/components/ui/clock";
import { serverNow } from "@/lib/client/server-time";

/** How long until the server is asked once more, where only the computer's own clock says that the time is over. */
const ASK_AGAIN_MS = 5_000;

/**
 * Ends a reveal by the server's clock and by the time that was left. The computer's clock alone, which may have been set,
 * only makes the page ask: it also counts while a computer sleeps.
 * @param onEnd `isSure`: the time is over; else the server has to say
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
