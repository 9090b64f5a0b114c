"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { cx } from "@/components/ui/class-names";
import { useIsPaused } from "@/lib/client/pause";
import { stuckCountOptions } from "@/lib/client/stuck";
import { useRunChanges } from "@/lib/client/use-run-changes";
import type { StuckCount as Count } from "@/lib/contract/models";

const PLACE = "min-w-5 text-right text-xs leading-5 font-medium tabular-nums xl:ml-auto xl:min-w-9";

/** Any run that changes may have been stuck, and where many do, that is at every moment. */
const ASK_EVERY_MS = 3_000;

/** Holds the place of the number, so that nothing moves when it comes. */
export function StuckCountPlace() {
  return <span aria-hidden className={PLACE} />;
}

/** How many runs are stuck. @param known when the page was rendered; without it, the browser asks at once */
export function StuckCount({ known }: { known: Count | undefined }) {
  const client = useQueryClient();
  const options = stuckCountOptions(known);
  const { data } = useQuery(options);
  useRunChanges(
    async () => {
      // No change makes a run stuck, only time does.
      if (data?.count) await client.invalidateQueries({ queryKey: options.queryKey, exact: true });
    },
    { isPaused: useIsPaused(), everyMs: ASK_EVERY_MS },
  );
  if (!data) return <StuckCountPlace />;
  const { count, has_more } = data;
  return (
    <span className={PLACE}>
      <span
        className={cx(
          "inline-block min-w-5 rounded-sm px-1 text-center",
          count > 0 ? "bg-warn-tint text-warn" : "text-ink-muted",
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
