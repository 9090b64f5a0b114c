"use client";

import { changeBatch } from "@/lib/client/cancellation-batches";
import { useChange } from "@/lib/client/use-change";
import { useSetBatch } from "./use-set-batch";

/** Leaves runs out of a plan. Doing it twice changes nothing, so a lost response is harmless. */
export function useLeaveOut(batchId: string, onDone: () => void) {
  const setBatch = useSetBatch();
  const { mutate, isPending, error } = useChange(
    (runIds: string[]) => changeBatch(batchId, { exclude_run_ids: runIds }),
    (batch) => {
      onDone();
      void setBatch(batch);
    },
  );
  return { leaveOut: mutate, isBusy: isPending, error };
}
