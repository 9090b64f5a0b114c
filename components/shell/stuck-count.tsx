"use client";

import { useQuery } from "@tanstack/react-query";
import { cx } from "@/components/ui/class-names";
import { stuckCountOptions } from "@/lib/client/stuck";
import { useSessionEnded } from "@/lib/client/use-session-ended";
import type { StuckCount as Count } from "@/lib/contract/models";

const PLACE = "min-w-5 text-right text-xs leading-5 font-medium tabular-nums xl:ml-auto xl:min-w-9";

/** Holds the place of the number, so that nothing moves when it comes. */
export function StuckCountPlace() {
  return <span aria-hidden className={PLACE} />;
}

/** How many runs are stuck. @param known when the page was rendered; without it, the browser asks at once */
export function StuckCount({ known }: { known: Count | undefined }) {
  useSessionEnded(); // Rendering again ends the interval.
  const { data } = useQuery(stuckCountOptions(known));
  if (!data) return <StuckCountPlace />;
  const { count, has_more } = data;
  return (
    <span className={PLACE}>
      <span
        className={cx(
          "inline-block min-w-5 rounded-sm px-1 text-center",
          count > 0 ? "bg-warn-tint text-warn forced-colors:border" : "text-ink-muted",
        )}
      >
        <span className="sr-only"> (</span>
        {count}
        {has_more && "+"}
        <span className="sr-only"> runs)</span>
      </span>
    </span>
  );
}
