"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { ApiError } from "@/lib/client/api-error";
import { batchOptions } from "@/lib/client/cancellation-batches";
import { paths } from "@/lib/client/paths";
import { useSessionEnded } from "@/lib/client/use-session-ended";
import { forgetBatch } from "@/lib/client/watched-batches";
import { describeOutcome } from "./describe-outcome";

/** Away from the batch's own page, nobody counts seconds. */
const POLL_MS = 3_000;

/** Tells on every page when a bulk cancellation ends that the person started or watched. */
export const BatchNotices = ({ ids }: { ids: readonly string[] }) => (
  <div role="status" aria-label="Bulk cancellations" className="mx-4 my-3 grid gap-2 empty:hidden lg:mx-6">
    {ids.map((id) => (
      <BatchNotice key={id} id={id} />
    ))}
  </div>
);

function BatchNotice({ id }: { id: string }) {
  useSessionEnded(); // Rendering again ends the interval.
  const isItsPage = usePathname() === paths.cancellation(id);
  const { data: batch, error } = useQuery({ ...batchOptions(id, POLL_MS), enabled: !isItsPage });
  const isGone = error instanceof ApiError && error.status === 404;
  useEffect(() => {
    if (isGone) forgetBatch(id);
  }, [id, isGone]);
  if (isItsPage || !batch || (batch.state !== "completed" && batch.state !== "aborted")) return null;
  return (
    <Notice
      tone={batch.state === "completed" ? "success" : "info"}
      className="flex flex-wrap items-center gap-x-3 gap-y-1"
    >
      <span>
        <span className="font-medium">
          Bulk cancellation {batch.state === "completed" ? "finished" : "aborted"}.
        </span>{" "}
        {describeOutcome(batch)}
      </span>
      <Link href={paths.cancellation(id)} prefetch={false} className="text-accent font-medium underline">
        View outcome
      </Link>
      <Button size="sm" variant="ghost" className="ml-auto" onClick={() => forgetBatch(id)}>
        Dismiss
      </Button>
    </Notice>
  );
}
