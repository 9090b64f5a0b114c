"use client";

import Link from "next/link";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { useDialog } from "@/components/ui/dialog-state";
import { latePart } from "@/components/ui/late-part";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { useShortcut } from "@/components/ui/use-shortcut";
import { paths } from "@/lib/client/paths";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";
import { runsOf } from "./batch-words";
import { describeFailed, failedOf } from "./outcome-shares";
import { useFocusAfter } from "./use-focus-after";
import { useSetBatch } from "./use-set-batch";

const StartDialog = lazyDialog(() => import("./start-dialog").then((module) => module.StartDialog));
const BatchSummary = latePart(() => import("./batch-summary").then((module) => module.BatchSummary));
const AbortDialog = lazyDialog(() => import("./abort-dialog").then((module) => module.AbortDialog));
const RetryDialog = lazyDialog(() => import("./retry-dialog").then((module) => module.RetryDialog));

type Props = { batch: CancellationBatch; disabledReason: string | undefined };

/** The buttons for the batch's state. */
export function BatchActions({ batch, disabledReason }: Props) {
  const { state, counts, progress } = batch;
  const [start, abort, retry] = [useDialog(), useDialog(), useDialog()];
  const setBatch = useSetBatch();
  const finish = (close: () => void) => (changed: CancellationBatch) => {
    close();
    void setBatch(changed);
  };
  const isEmpty = state === "planned" && counts.cancelable === 0;
  const against = disabledReason ?? (isEmpty ? "None of these runs can be canceled." : undefined);
  const off = against !== undefined && { "aria-disabled": true, "aria-describedby": "bulk-disabled-reason" };
  useShortcut("c", () => {
    if (state === "planned" && !against) start.open();
  });
  const failed = failedOf(progress);
  const hasEnded = state === "completed" || state === "aborted";
  const box = useFocusAfter(state);
  return (
    <div
      ref={box}
      tabIndex={-1}
      className="grid max-w-md justify-items-end gap-1.5 rounded outline-none max-sm:w-full max-sm:max-w-none max-sm:justify-items-stretch"
    >
      <div className="flex flex-wrap justify-end gap-2 max-sm:*:flex-1">
        {state === "planned" && (
          <Button
            {...start.opener}
            {...off}
            variant="danger"
            aria-keyshortcuts="c"
            data-command="Start bulk cancellation"
          >
            Start: cancel {runsOf(counts.cancelable)}
          </Button>
        )}
        {state === "expired" && <PlanAgain batch={batch} />}
        {state === "running" && (
          <Button {...abort.opener} {...off} variant="danger-quiet" data-command="Abort bulk cancellation">
            Abort
          </Button>
        )}
        {hasEnded && failed > 0 && (
          <Button {...retry.opener} {...off}>
            Retry {describeFailed(progress)}
          </Button>
        )}
        {hasEnded && <BatchSummary batch={batch} />}
      </div>
      {against && state !== "expired" && (!hasEnded || failed > 0) && (
        <p id="bulk-disabled-reason" className="text-ink-muted text-right text-sm max-sm:text-left">
          {against}
        </p>
      )}
      <StartDialog
        {...start.props}
        batch={batch}
        onChanged={(changed) => void setBatch(changed)}
        onStarted={finish(start.close)}
      />
      <AbortDialog {...abort.props} batch={batch} onDone={finish(abort.close)} />
      <RetryDialog {...retry.props} batch={batch} onDone={finish(retry.close)} />
    </div>
  );
}

/** The same selection, limited to the same customer. */
const selectionOf = (q: string, orgId: string | null): string =>
  orgId === null ? q : `(${q}) AND org_id:${orgId}`;

/** A plan by expression can be made again; one from selected rows needs a new selection. */
const PlanAgain = ({ batch: { q, org_id, reason } }: { batch: CancellationBatch }) => (
  <Link
    href={q === null ? paths.runs() : paths.newCancellation({ q: selectionOf(q, org_id), reason })}
    prefetch={false}
    className={buttonStyle("primary")}
  >
    {q === null ? "Select runs again" : "Plan again"}
  </Link>
);
