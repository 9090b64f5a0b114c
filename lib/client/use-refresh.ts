"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";

/** Long enough to absorb an impatient second click, even if the page refreshes sooner. */
const REST_MS = 1_000;

/**
 * Refreshes the page; `isSettling` until it shows the new state, so that nobody repeats the action meanwhile.
 */
export function useRefresh(): { refresh: () => void; isSettling: boolean } {
  const router = useRouter();
  const [isRendering, startTransition] = useTransition();
  const [isResting, setResting] = useState(false);
  const refresh = () => {
    setResting(true);
    setTimeout(() => setResting(false), REST_MS);
    startTransition(() => router.refresh());
  };
  return { refresh, isSettling: isRendering || isResting };
}
