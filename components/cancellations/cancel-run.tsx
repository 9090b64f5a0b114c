"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { useDialog } from "@/components/ui/dialog-state";
import { Kbd } from "@/components/ui/kbd";
import { latePart } from "@/components/ui/late-part";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { lazyWithRetry } from "@/components/ui/lazy-with-retry";
import { useShortcut } from "@/components/ui/use-shortcut";
import { useDraft } from "@/lib/client/drafts";
import type { LatencyFigures } from "@/components/runs/latency-profile";
import { type RunFacts, runOptions } from "@/lib/client/runs";
import { isTerminal } from "@/lib/states/run";
import type { CancelRunResult } from "./cancellation-outcome";
import { findDisabledReason } from "./disabled-reason";
import { EndedRun, type RunEnd } from "./run-end";
import { useFocusOutcome } from "./use-focus-outcome";
import type { Viewer } from "./viewer";

/** Loaded lazily: with the contract's schemas it is as large as the rest of the page. */
const load = () => import("./cancel-run-dialog").then((module) => module.CancelRunDialog);

const CancelRunDialog = lazyDialog(load);

/** Loads with the dialog: without the dialog there is no outcome. */
const CancellationOutcome = latePart(() =>
  import("./cancel-run-dialog").then((module) => module.CancellationOutcome),
);

/** Delays the prefetch until the page has loaded; opening the dialog earlier loads it at once. */
const DIALOG_AFTER_MS = 1_000;

type Props = {
  run: RunFacts;
  customer: string;
  /** URLs of the customer's webhooks that receive `run.cancelled`. */
  webhooks: readonly string[];
  /** The model's typical latency, if known. */
  profile: LatencyFigures | undefined;
  /** Who canceled the run, from the audit trail. */
  end: RunEnd | undefined;
  viewer: Viewer;
};

/** The cancel button and its dialog. Once the run has ended, its end replaces them. */
export function CancelRun({ run, customer, webhooks, profile, end, viewer }: Props) {
  const dialog = useDialog();
  const [reason, setReason] = useDraft(`cancel:${run.id}`);
  const [result, setResult] = useState<CancelRunResult>();
  const queryClient = useQueryClient();
  const router = useRouter();
  const disabledReason = findDisabledReason(run, viewer);
  const hasEnded = isTerminal(run.status_code);
  const outcome = useFocusOutcome(hasEnded, dialog.props.isOpen, dialog.props.button);

  const mayOpen = disabledReason === undefined;
  useEffect(() => {
    if (!mayOpen) return;
    const timer = setTimeout(() => void lazyWithRetry(load).catch(() => undefined), DIALOG_AFTER_MS);
    return () => clearTimeout(timer);
  }, [mayOpen]);

  useShortcut("c", () => {
    if (!disabledReason) dialog.open();
  });

  const finish = async (found: CancelRunResult) => {
    const { queryKey } = runOptions(run.id);
    // A poll answered before the cancel would restore the old status.
    await queryClient.cancelQueries({ queryKey });
    queryClient.setQueryData(queryKey, found.run);
    setResult(found);
    setReason("");
    dialog.close();
    void queryClient.invalidateQueries({ queryKey: ["audit"] });
    router.refresh();
  };

  return (
    <>
      {!hasEnded && (
        <Button
          {...dialog.opener}
          variant="danger-quiet"
          aria-disabled={disabledReason !== undefined}
          aria-describedby={disabledReason && "cancel-disabled-reason"}
          aria-keyshortcuts="c"
          data-command="Cancel run"
          className="max-sm:flex-1"
        >
          Cancel run
          <span aria-hidden className="max-sm:hidden">
            <Kbd>c</Kbd>
          </span>
        </Button>
      )}
      {disabledReason && !hasEnded && (
        <p id="cancel-disabled-reason" className="text-ink-muted w-full text-right text-sm max-sm:text-left">
          {disabledReason}
        </p>
      )}
      <div ref={outcome} role="status" tabIndex={-1} className="rounded empty:absolute max-sm:w-full">
        {hasEnded &&
          (result ? (
            <CancellationOutcome result={result} viewer={viewer} />
          ) : (
            <EndedRun run={run} end={end} viewer={viewer} />
          ))}
      </div>
      <CancelRunDialog
        {...dialog.props}
        {...{ run, customer, webhooks, profile, viewer, reason }}
        onReason={setReason}
        onDone={(found) => void finish(found)}
      />
    </>
  );
}
