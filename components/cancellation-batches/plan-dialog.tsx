"use client";

import { CANCEL_TEMPLATES } from "@/components/cancellations/cancel-templates";
import { ReasonDialog } from "@/components/cancellations/reason-dialog";
import type { Viewer } from "@/components/cancellations/viewer";
import type { DialogProps } from "@/components/ui/dialog-state";
import { useDraft } from "@/lib/client/drafts";
import { placeProblems } from "@/lib/client/place-problems";
import { runsOf } from "./batch-words";
import { usePlan } from "./use-plan";

type Props = DialogProps & { ids: readonly string[]; viewer: Viewer };

/** Plans to cancel the selected runs. */
export function PlanDialog({ ids, viewer, ...dialog }: Props) {
  const [reason, setReason] = useDraft("plan");
  const { submit, isBusy, failure } = usePlan({ onDone: () => setReason("") });
  return (
    <ReasonDialog
      {...dialog}
      role="dialog"
      title={`Cancel ${runsOf(ids.length)}?`}
      text="First, this makes a plan: you see what would happen and can leave runs out. Nothing is canceled until you start it."
      templates={CANCEL_TEMPLATES}
      placeholder="Customer ticket #4821: duplicate submission"
      run={viewer.mayReadAudit ? null : undefined}
      keep="Keep runs"
      submit="Create plan"
      submitting="Planning…"
      isBusy={isBusy}
      failure={placeProblems(failure, []).rest}
      reason={reason}
      onReason={setReason}
      onSubmit={(checked) => submit({ reason: checked, run_ids: [...ids] })}
    />
  );
}
