"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowUp } from "lucide-react";
import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { cx } from "@/components/ui/class-names";
import { paths } from "@/lib/client/paths";
import { stuckCountOptions } from "@/lib/client/stuck";
import { noteStuckSeen, useStuckSeen } from "@/lib/client/stuck-seen";
import { useSessionEnded } from "@/lib/client/use-session-ended";
import type { StuckCount as Count } from "@/lib/contract/models";

const PLACE = "min-w-5 text-right text-xs leading-5 font-medium tabular-nums xl:ml-auto xl:min-w-9";

/** Reserves the count's space, so that nothing moves when it arrives. */
export function StuckCountPlace() {
  return <span aria-hidden className={PLACE} />;
}

/**
 * The stuck-run count.
 * @param known at render time; without it, the browser asks at once
 */
export function StuckCount({ known }: { known: Count | undefined }) {
  useSessionEnded(); // Rendering again ends the interval.
  const { data } = useQuery(stuckCountOptions(known));
  const isNew = useRise(data?.count);
  if (!data) return <StuckCountPlace />;
  const { count, has_more } = data;
  return (
    <span className={PLACE}>
      <span
        title={isNew ? "More than when you last looked" : undefined}
        className={cx(
          "inline-flex min-w-5 items-center justify-center gap-0.5 rounded-sm px-1",
          isNew ? "bg-warn-tint text-warn forced-colors:border" : "text-ink-muted",
        )}
      >
        {isNew && <ArrowUp aria-hidden className="size-3" />}
        <span className="sr-only"> (</span>
        {count}
        {has_more && "+"}
        <span className="sr-only"> runs)</span>
      </span>
    </span>
  );
}

/** Whether the count has grown since the person last opened the list of stuck runs. */
function useRise(count: number | undefined): boolean {
  const isLooking = usePathname() === paths.stuck();
  const seen = useStuckSeen();
  useEffect(() => {
    if (isLooking && count !== undefined) noteStuckSeen(count);
  }, [count, isLooking]);
  return count !== undefined && count > seen;
}
