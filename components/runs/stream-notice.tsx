"use client";

import { useStreamState } from "@/lib/client/use-run-changes";

/** Says that what is on the page may be behind, for as long as nothing tells of changes. */
export function StreamNotice() {
  const isFailing = useStreamState() === "failing";
  return (
    <span role="status" className="text-ink-muted inline-flex items-center gap-1.5 text-sm">
      {isFailing && (
        <>
          <span aria-hidden className="bg-status-partial size-1.5 rounded-full" />
          Updates are interrupted. Reconnecting
        </>
      )}
    </span>
  );
}
