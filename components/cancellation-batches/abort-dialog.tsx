"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { DialogProps } from "@/components/ui/dialog-state";
import { abortBatch } from "@/lib/client/cancellation-batches";
import { useOnce } from "@/lib/client/use-once";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";
import { runsOf } from "./batch-words";
import { settledOf } from "./outcome-shares";

type Props = DialogProps & { batch: CancellationBatch; onDone: (batch: CancellationBatch) => void };

export function AbortDialog({ batch, onDone, ...dialog }: Props) {
  const { submit, isBusy, failure } = useOnce((id: string, key) => abortBatch(id, key), onDone);
  const { progress, state } = batch;
  return (
    <ConfirmDialog
      {...dialog}
      title="Abort this bulk cancellation?"
      confirm="Abort"
      keep="Keep going"
      isDangerous
      isBusy={isBusy}
      failure={failure}
      isRepeatable
      onConfirm={() => submit(batch.id)}
    >
      {state === "running" ? (
        <p>
          {runsOf(settledOf(progress))} done, {runsOf(progress.remaining)} waiting. It stops within a second;
          canceled runs stay canceled.
        </p>
      ) : (
        <p>It has ended, so there is nothing to abort.</p>
      )}
    </ConfirmDialog>
  );
}
