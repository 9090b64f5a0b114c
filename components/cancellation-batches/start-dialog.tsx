"use client";

import { useState } from "react";
import { offerApproval } from "@/components/approvals/offer-approval";
import { StoredText } from "@/components/ui/stored-text";
import type { DialogProps } from "@/components/ui/dialog-state";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Notice } from "@/components/ui/notice";
import { PlanChangedError, startBatch } from "@/lib/client/cancellation-batches";
import { useOnce } from "@/lib/client/use-once";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";
import { BatchCustomers } from "./batch-customers";
import { formatCount, runsOf } from "./batch-words";

/** More runs need their number typed. */
const EASY = 25;

type Props = DialogProps & {
  batch: CancellationBatch;
  onChanged: (batch: CancellationBatch) => void;
  onStarted: (batch: CancellationBatch) => void;
};

/** The last question before many runs end. Asks about the count as of its opening. */
export function StartDialog({ batch, onChanged, onStarted, ...dialog }: Props) {
  const [asked, setAsked] = useState(batch.counts.cancelable);
  const [wasOpen, setWasOpen] = useState(dialog.isOpen);
  const [typed, setTyped] = useState("");
  const [isAsked, setIsAsked] = useState(false);
  const { submit, isBusy, failure, reset } = useOnce(
    (count: number, key) => startBatch(batch.id, count, key),
    onStarted,
  );
  if (wasOpen !== dialog.isOpen) {
    setWasOpen(dialog.isOpen);
    setAsked(batch.counts.cancelable);
    setTyped("");
    setIsAsked(false);
  }
  const close = () => {
    reset();
    dialog.onClose();
  };
  const changed = failure instanceof PlanChangedError ? failure.batch : undefined;
  const now = changed ? changed.counts.cancelable : asked;
  const needsCount = now > EASY;
  const isRight = !needsCount || typed.replaceAll(/[\s,._’']/g, "") === String(now);
  const confirm = () => {
    setIsAsked(true);
    if (!isRight || now === 0) return;
    if (changed) {
      setAsked(now);
      onChanged(changed);
    }
    submit(now);
  };
  return (
    <FormDialog
      {...dialog}
      onClose={close}
      role="alertdialog"
      title={now === 0 ? "Nothing left to cancel" : `Cancel ${runsOf(now)}?`}
      text={
        <>
          {changed && (
            <Notice tone="warn" role="alert">
              {now === 0
                ? "All runs of this plan have ended. Nothing was started."
                : `The plan changed: ${runsOf(now)} can be canceled now, not ${formatCount(asked)}. Nothing was started.`}
            </Notice>
          )}
          <p>
            <span className="text-ink">
              <BatchCustomers batch={batch} />
            </span>
            . Reason:{" "}
            <span className="text-ink wrap-anywhere">
              <StoredText>{batch.reason}</StoredText>
            </span>
          </p>
          <ul className="list-disc space-y-1 pl-4">
            <li>Each run ends at once and gets its own audit entry. This can’t be undone.</li>
            <li>
              Customers with a callback or webhook get <code className="mono">run.cancelled</code> for each
              run.
            </li>
            <li>You can abort while it runs; runs canceled by then stay canceled.</li>
          </ul>
        </>
      }
      keep="Keep runs"
      submit={now === 0 ? "Cancel runs" : `Cancel ${runsOf(now)}`}
      submitting="Starting…"
      variant="danger"
      isBusy={isBusy}
      failure={changed ? null : failure}
      isRepeatable
      explain={offerApproval({ kind: "batch.start", batch_id: batch.id }, batch.reason)}
      onSubmit={confirm}
    >
      {needsCount && (
        <TextField
          data-focus-first
          label={`Type ${formatCount(now)} to confirm`}
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          error={isAsked && !isRight && !isBusy ? `Type ${formatCount(now)}, the number of runs.` : undefined}
          onChange={(event) => setTyped(event.target.value)}
          className="max-w-40 tabular-nums"
        />
      )}
    </FormDialog>
  );
}
