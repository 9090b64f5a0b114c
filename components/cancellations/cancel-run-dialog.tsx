"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { type ComponentProps, type RefObject, useEffect, useRef } from "react";
import { StatusBadge } from "@/components/runs/status-badge";
import { POPUP } from "@/components/ui/popup-style";
import type { CancelRunResult } from "@/lib/client/cancel-run";
import type { RunFacts } from "@/lib/client/runs";
import { isTerminal } from "@/lib/runs/run";
import type { Viewer } from "./cancel-run";
import { CancelRunForm } from "./cancel-run-form";
import { RunEndedMeanwhile } from "./run-ended-meanwhile";
import { useCancelRun } from "./use-cancel-run";

type Props = {
  run: RunFacts;
  customer: string;
  viewer: Viewer;
  isOpen: boolean;
  reason: string;
  /** Where the focus goes when the dialog closes, also when a key opened it. */
  button: RefObject<HTMLButtonElement | null>;
  onOpenChange: (isOpen: boolean) => void;
  onReason: (reason: string) => void;
  onDone: (result: CancelRunResult) => void;
};

export function CancelRunDialog(props: Props) {
  const { run, customer, viewer, isOpen, reason, button, onOpenChange, onReason, onDone } = props;
  const reasonBox = useRef<HTMLTextAreaElement>(null);
  const closeButton = useRef<HTMLButtonElement>(null);
  const { cancel, isBusy, failure } = useCancelRun(run.id, onDone);
  const hasEnded = isTerminal(run.status_code) && !isBusy;

  // The reason is gone with the question, so the focus needs a new place.
  useEffect(() => {
    if (hasEnded && isOpen) closeButton.current?.focus();
  }, [hasEnded, isOpen]);

  // While the request is under way its answer must find the dialog.
  const close: ComponentProps<typeof AlertDialog.Root>["onOpenChange"] = (open) =>
    !isBusy && onOpenChange(open);

  return (
    <AlertDialog.Root open={isOpen} onOpenChange={close}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="bg-backdrop fixed inset-0 z-40" />
        <AlertDialog.Popup
          initialFocus={reasonBox}
          finalFocus={button}
          className={`${POPUP} fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[min(32rem,calc(100vw-2rem))] -translate-1/2 overflow-auto`}
        >
          <div className="grid gap-1 border-b px-5 pt-4 pb-3">
            <div className="flex flex-wrap items-center justify-between gap-x-3">
              <AlertDialog.Title className="text-lg font-semibold">Cancel this run?</AlertDialog.Title>
              <StatusBadge status={run.status_code} />
            </div>
            <p className="mono text-ink-muted wrap-anywhere">{run.id}</p>
            <p className="text-ink-muted">
              <span className="text-ink">{run.model}</span> for <span className="text-ink">{customer}</span>
            </p>
          </div>
          {hasEnded ? (
            <RunEndedMeanwhile run={run} viewer={viewer} closeButton={closeButton} />
          ) : (
            <CancelRunForm
              {...{ run, customer, reason, isBusy, failure, reasonBox, onReason }}
              onSubmit={cancel}
            />
          )}
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
