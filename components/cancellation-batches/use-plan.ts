"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { createPlan, type PlanDraft } from "@/lib/client/cancellation-batches";
import { paths } from "@/lib/client/paths";
import { useOnce } from "@/lib/client/use-once";

/** Creates a plan and goes to its page. `isBusy` until that page shows. */
export function usePlan(onDone?: () => void) {
  const router = useRouter();
  const [isLeaving, setLeaving] = useState(false);
  const { submit, isBusy, failure } = useOnce(
    (draft: PlanDraft, key) => createPlan(draft, key),
    ({ id }) => {
      setLeaving(true);
      onDone?.();
      router.push(paths.cancellation(id));
    },
  );
  return { submit, isBusy: isBusy || isLeaving, failure };
}
