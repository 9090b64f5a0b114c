"use client";

import { type RefObject, useRef } from "react";
import { StatusBadge } from "@/components/runs/status-badge";
import { Dialog } from "@/components/ui/dialog";
import { cancelRun, type CancelRunResult } from "@/lib/client/cancel-run";
import type { RunFacts } from "@/lib/client/runs";
import { type Attempt, useAttempt } from "@/lib/client/use-attempt";
import { isTerminal } from "@/lib/runs/run";
import type { Viewer } from "./cancel-run";
import { CancelRunForm } from "./cancel-run-form";
import { RunEndedMeanwhile } from "./run-ended-meanwhile";

type Props = {
  run: RunFacts;
  customer: string;
  webhooks: readonly string[];
  viewer: Viewer;
  isOpen: boolean;
  reason: string;
  /** Where the focus goes when the dialog closes, also when a key opened it. */
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
  onReason: (reason: string) => void;
  onDone: (result: CancelRunResult) => void;
};

export function CancelRunDialog(props: Props) {
  const { run, customer, webhooks, viewer, isOpen, reason, button, onClose, onReason, onDone } = props;
  const reasonBox = useRef<HTMLTextAreaElement>(null);
  const ask = (attempt: Attempt) => cancelRun({ id: run.id, ...attempt });
  const { submit, isBusy, failure } = useAttempt(ask, onDone);
  const hasEnded = isTerminal(run.status_code) && !isBusy;

  return (
    <Dialog
      role="alertdialog"
      labelledBy="cancel-title"
      describedBy="consequences"
      isOpen={isOpen}
      isLocked={isBusy}
      onClose={onClose}
      initialFocus={reasonBox}
      finalFocus={button}
      className="w-[32rem]"
    >
      <div className="grid gap-1 border-b px-5 pt-4 pb-3">
        <div className="flex flex-wrap items-center justify-between gap-x-3">
          <h2 id="cancel-title" className="text-lg font-semibold">
            Cancel this run?
          </h2>
          <StatusBadge status={run.status_code} />
        </div>
        <p className="mono text-ink-muted wrap-anywhere">{run.id}</p>
        <p className="text-ink-muted">
          <span className="text-ink">{run.model}</span> for <span className="text-ink">{customer}</span>
        </p>
      </div>
      {hasEnded ? (
        <RunEndedMeanwhile run={run} viewer={viewer} onClose={onClose} />
      ) : (
        <CancelRunForm
          canReadAudit={viewer.mayReadAudit}
          {...{ run, customer, webhooks, reason, isBusy, failure, onReason }}
          box={reasonBox}
          onSubmit={submit}
          onKeep={onClose}
        />
      )}
    </Dialog>
  );
}
