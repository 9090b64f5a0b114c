"use client";

import { useEffect, useState } from "react";

/** @returns the value once it has stayed the same for this many milliseconds; null applies at once */
export function useSettled<T>(value: T | null, forMs: number): T | null {
  const [settled, setSettled] = useState<T | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), forMs);
    return () => clearTimeout(timer);
  }, [value, forMs]);
  return value === null || settled !== value ? null : settled;
}
