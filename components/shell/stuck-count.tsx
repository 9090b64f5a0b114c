"use client";

import { useQuery } from "@tanstack/react-query";
import { cx } from "@/components/ui/class-names";
import { stuckCountOptions } from "@/lib/client/stuck";
import type { StuckCount as Count } from "@/lib/contract/models";

/** How many runs are stuck, beside the name of their page. Its place is kept, so that nothing moves when it changes. */
export function StuckCount({ known }: { known: Count | undefined }) {
  const { data } = useQuery(stuckCountOptions(known));
  const text = data ? `${data.count}${data.has_more ? "+" : ""}` : "";
  return (
    <span
      className={cx(
        "min-w-5 rounded-sm px-1 text-center text-xs leading-5 font-medium tabular-nums xl:ml-auto xl:min-w-9",
        data && data.count > 0 ? "bg-warn-tint text-warn" : "text-ink-muted",
      )}
    >
      <span className="sr-only"> (</span>
      {text}
      <span className="sr-only"> runs)</span>
    </span>
  );
}
