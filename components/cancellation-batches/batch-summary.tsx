"use client";

import { CopySummary } from "@/components/runs/copy-summary";
import { paths } from "@/lib/client/paths";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";
import { writeBatchSummary } from "./write-batch-summary";

/** Copies the outcome for the ticket. */
export function BatchSummary({ batch }: { batch: CancellationBatch }) {
  const path = paths.cancellation(batch.id);
  return <CopySummary text={writeBatchSummary(batch, path)} path={path} />;
}
