"use client";

import { useQueryClient } from "@tanstack/react-query";
import { batchOptions } from "@/lib/client/cancellation-batches";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";

/** Shows a changed batch at once, and reads its runs again. */
export function useSetBatch(): (batch: CancellationBatch) => Promise<void> {
  const client = useQueryClient();
  return async (batch) => {
    const { queryKey } = batchOptions(batch.id);
    // A poll answered before the change would restore the old state.
    await client.cancelQueries({ queryKey, exact: true });
    client.setQueryData(queryKey, batch);
    await client.invalidateQueries({ queryKey: [...queryKey, "items"] });
  };
}
