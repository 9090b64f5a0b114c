"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent } from "react";

const EVERY_MS = 4_000;

/** Refreshes the page every few seconds for a limited time, while something on it is about to change. */
export function AutoRefresh({ forMs, everyMs = EVERY_MS }: { forMs: number; everyMs?: number }) {
  const router = useRouter();
  const refresh = useEffectEvent(() => {
    if (document.visibilityState === "visible") router.refresh();
  });
  useEffect(() => {
    if (forMs <= 0) return;
    const timer = setInterval(() => refresh(), everyMs);
    const end = setTimeout(() => clearInterval(timer), forMs);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
    };
  }, [forMs, everyMs]);
  return null;
}
