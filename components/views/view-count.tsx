"use client";

import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "@/components/ui/skeleton";
import { viewCountOptions } from "@/lib/client/views";

/** How many runs the view shows now; counted on demand. */
export function ViewCount({ id }: { id: string }) {
  const { data, isError } = useQuery(viewCountOptions(id));
  if (isError) {
    return (
      <span title="Count unavailable (timed out)" className="text-ink-muted text-sm">
        <span aria-hidden>–</span>
        <span className="sr-only">not counted</span>
      </span>
    );
  }
  if (!data) return <Skeleton className="h-3 w-6" />;
  return (
    <span className="text-ink-muted text-sm tabular-nums">
      {data.count}
      {data.is_more && "+"}
      <span className="sr-only">{data.count === 1 && !data.is_more ? " run" : " runs"}</span>
    </span>
  );
}
