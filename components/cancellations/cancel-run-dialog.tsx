"use client";

import { type RefObject, useRef } from "react";
import type { LatencyFigures } from "@/components/runs/latency-profile";
import { StatusBadge } from "@/components/runs/status-badge";
import { Dialog } from "@/components/ui/dialog";
import { StoredText } from "@/components/ui/stored-text";
import { RunFacts as RunFactsSchema } from "@/lib/client/run-schemas";
import type { RunFacts } from "@/lib/client/runs";
import { useAttempt } from "@/lib/client/use-attempt";
import { cancelRunOperation } from "@/lib/contract/runs";
import { isTerminal } from "@/lib/states/run";
import type { CancelRunResult } from "./cancellation-outcome";
import { Consequences } from "./consequences";
import { ReasonForm } from "./reason-form";
import { RunEndedMeanwhile } from "./run-ended-meanwhile";
import type { Viewer } from "./viewer";

export { CancellationOutcome } from "./cancellation-outcome";

/** What most cancels are about. */
const TEMPLATES = [
  { label: "Duplicate submission", text: "Ticket #: duplicate submission" },
  { label: "Stuck", text: "Ticket #: stuck, no progress" },
  { label: "Abuse", text: "Ticket #: abuse of a key" },
];

type Props = {
  run: RunFacts;
  customer: string;
  /** Addresses of the customer's webhooks for `run.cancelled`; undefined where they aren't known. */
  webhooks?: readonly string[] | undefined;
  /** What the model typically takes, where that is known. */
  profile?: LatencyFigures | undefined;
  viewer: Viewer;
  isOpen: boolean;
  reason: string;
  /** Where the focus goes when the dialog closes, also when a key opened it. */
  button: RefObject<HTMLElement | null>;
  onClose: () => void;
  onReason: (reason: string) => void;
  onDone: (result: CancelRunResult) => void;
};

export function CancelRunDialog(props: Props) {
  const { run, customer, webhooks, viewer, isOpen, reason, button, onClose, onReason, onDone } = props;
  const reasonBox = useRef<HTMLTextAreaElement>(null);
  const path = cancelRunOperation.path.replace("{run_id}", run.id);
  const { submit, isBusy, failure } = useAttempt(path, RunFactsSchema, ({ status, data }) =>
    onDone({ outcome: status === 201 ? "transitioned" : "unchanged", run: data }),
  );
  const hasEnded = isTerminal(run.status_code) && !isBusy;

  return (
    <Dialog
      role="alertdialog"
      labelledBy="cancel-title"
      describedBy="consequences"
      isOpen={isOpen}
      isBusy={isBusy}
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
          <span className="text-ink">{run.model}</span> for{" "}
          <span className="text-ink">
            <StoredText>{customer}</StoredText>
          </span>
        </p>
      </div>
      {hasEnded ? (
        <RunEndedMeanwhile run={run} viewer={viewer} onClose={onClose} />
      ) : (
        <ReasonForm
          {...{ reason, isBusy, failure, onReason }}
          templates={TEMPLATES}
          placeholder="Customer ticket #4821: duplicate submission"
          runId={viewer.mayReadAudit ? run.id : undefined}
          words={{ keep: "Keep run", go: "Cancel run", going: "Canceling…" }}
          box={reasonBox}
          onSubmit={submit}
        >
          <Consequences run={run} customer={customer} webhooks={webhooks} />
        </ReasonForm>
      )}
    </Dialog>
  );
}
