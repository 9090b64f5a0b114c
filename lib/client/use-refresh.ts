"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";

/** An impatient second press comes within this time, also where the page is there sooner. */
const REST_MS = 1_000;

/** Renders the page again, and tells until its new state is there: what was just done must not be done again meanwhile. */
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
