"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { createPlan, type PlanDraft } from "@/lib/client/cancellation-batches";
import { paths } from "@/lib/client/paths";
import { useOnce } from "@/lib/client/use-once";

type Options = { onDone?: () => void; onFailure?: (error: Error) => void };

/** Creates a plan and goes to its page. `isBusy` until that page shows. */
export function usePlan({ onDone, onFailure }: Options) {
  const router = useRouter();
  const [isLeaving, setLeaving] = useState(false);
  const { submit, isBusy, failure } = useOnce(
    async (draft: PlanDraft, key) => {
      try {
        return await createPlan(draft, key);
      } catch (error) {
        onFailure?.(error as Error);
        throw error;
      }
    },
    ({ id }) => {
      setLeaving(true);
      onDone?.();
      router.push(paths.cancellation(id));
    },
  );
  return { submit, isBusy: isBusy || isLeaving, failure };
}
