"use client";

import { useRef } from "react";
import { offerApproval } from "@/components/approvals/offer-approval";
import type { LatencyFigures } from "@/components/runs/latency-profile";
import { StatusBadge } from "@/components/runs/status-badge";
import { Dialog } from "@/components/ui/dialog";
import type { DialogProps } from "@/components/ui/dialog-state";
import { StoredText } from "@/components/ui/stored-text";
import { RunFacts as RunFactsSchema } from "@/lib/client/run-schemas";
import type { RunFacts } from "@/lib/client/runs";
import { useAttempt } from "@/lib/client/use-attempt";
import { cancelRunOperation } from "@/lib/contract/runs";
import { isTerminal } from "@/lib/states/run";
import { CANCEL_TEMPLATES } from "./cancel-templates";
import type { CancelRunResult } from "./cancellation-outcome";
import { Consequences } from "./consequences";
import { ExpectedEnd } from "./expected-end";
import { ReasonForm } from "./reason-form";
import { RunEndedMeanwhile } from "./run-ended-meanwhile";
import type { Viewer } from "./viewer";

export { CancellationOutcome } from "./cancellation-outcome";

type Props = DialogProps & {
  run: RunFacts;
  customer: string;
  /** URLs of the customer's webhooks for `run.cancelled`; undefined if unknown. */
  webhooks?: readonly string[] | undefined;
  /** The model's typical latency, if known. */
  profile?: LatencyFigures | undefined;
  viewer: Viewer;
  reason: string;
  onReason: (reason: string) => void;
  onDone: (result: CancelRunResult) => void;
};

export function CancelRunDialog(props: Props) {
  const { run, customer, webhooks, profile, viewer, isOpen, reason, button, onClose, onReason, onDone } =
    props;
  const reasonBox = useRef<HTMLTextAreaElement>(null);
  const path = cancelRunOperation.path.replace("{run_id}", run.id);
  const { submit, isBusy, failure } = useAttempt(path, RunFactsSchema, ({ status, data }) =>
    onDone({ outcome: status === 201 ? "transitioned" : "unchanged", run: data }),
  );
  const hasEnded = isTerminal(run.status_code) && !isBusy;

  const about = {
    title: "Cancel this run?",
    aside: <StatusBadge status={run.status_code} />,
  };
  return (
    <Dialog
      role="alertdialog"
      isDescribed={!hasEnded}
      {...{ isOpen, isBusy, onClose, button }}
      className="w-[32rem]"
    >
      {hasEnded ? (
        <RunEndedMeanwhile {...{ about, run, viewer, onClose }} />
      ) : (
        <ReasonForm
          {...{ ...about, reason, isBusy, failure, onReason }}
          text={
            <>
              <p className="mono wrap-anywhere">{run.id}</p>
              <p>
                <span className="text-ink">{run.model}</span> for{" "}
                <span className="text-ink">
                  <StoredText>{customer}</StoredText>
                </span>
              </p>
              <ExpectedEnd run={run} profile={profile} />
              <Consequences run={run} customer={customer} webhooks={webhooks} />
            </>
          }
          templates={CANCEL_TEMPLATES}
          placeholder="Customer ticket #4821: duplicate submission"
          run={viewer.mayReadAudit ? run : undefined}
          keep="Keep run"
          submit="Cancel run"
          submitting="Canceling…"
          variant="danger"
          box={reasonBox}
          explain={offerApproval({ kind: "run.cancel", run_id: run.id }, reason)}
          onSubmit={submit}
        />
      )}
    </Dialog>
  );
}
