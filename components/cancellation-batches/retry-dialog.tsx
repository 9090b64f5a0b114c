"use client";

import { offerApproval } from "@/components/approvals/offer-approval";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { DialogProps } from "@/components/ui/dialog-state";
import { retryBatch } from "@/lib/client/cancellation-batches";
import { useOnce } from "@/lib/client/use-once";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";
import { runsOf } from "./batch-words";
import { describeFailed, failedOf } from "./outcome-shares";

type Props = DialogProps & { batch: CancellationBatch; onDone: (batch: CancellationBatch) => void };

export function RetryDialog({ batch, onDone, ...dialog }: Props) {
  const { submit, isBusy, failure } = useOnce((id: string, key) => retryBatch(id, key), onDone);
  const { remaining } = batch.progress;
  const failed = failedOf(batch.progress);
  return (
    <ConfirmDialog
      {...dialog}
      title={`Retry ${runsOf(failed)}?`}
      confirm={`Retry ${runsOf(failed)}`}
      keep="Not now"
      isDangerous
      isBusy={isBusy}
      failure={failure}
      isRepeatable
      explain={offerApproval({ kind: "batch.start", batch_id: batch.id }, batch.reason)}
      onConfirm={() => submit(batch.id)}
    >
      <p>
        Attempts {describeFailed(batch.progress)} again, in your name and with the same reason.
        {remaining > 0 && " Runs that the abort left alone stay as they are."}
      </p>
    </ConfirmDialog>
  );
}
