"use client";

import { useState } from "react";
import { changeBatch } from "@/lib/client/cancellation-batches";
import { useChange } from "@/lib/client/use-change";
import { useSetBatch } from "./use-set-batch";

/** `exclude` leaves runs out of a plan; `include` puts them back. */
export type PlanChange = { kind: "exclude" | "include"; runIds: string[] };

/**
 * Changes the runs of a plan. Doing it twice changes nothing, so a lost response is harmless.
 * @returns with `last`, the change to undo
 */
export function usePlanChange(batchId: string, onDone: () => void) {
  const setBatch = useSetBatch();
  const [last, setLast] = useState<PlanChange>();
  const { mutate, isPending, error } = useChange(
    async (change: PlanChange) => {
      const { kind, runIds } = change;
      const body = kind === "exclude" ? { exclude_run_ids: runIds } : { include_run_ids: runIds };
      return { change, batch: await changeBatch(batchId, body) };
    },
    ({ change, batch }) => {
      onDone();
      setLast(change);
      void setBatch(batch);
    },
  );
  return { change: mutate, isBusy: isPending, error, last, forget: () => setLast(undefined) };
}
