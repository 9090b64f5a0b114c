"use client";

import { useEffect, useState } from "react";

const SHOWN_MS = 2_000;

/** Copies a text, and knows for a moment what came of it. */
export function useCopy() {
  const [outcome, setOutcome] = useState<"copied" | "failed">();
  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = (text: string) =>
    void navigator.clipboard.writeText(text).then(
      () => setOutcome("copied"),
      () => setOutcome("failed"),
    );
  return { copy, outcome };
}
