"use client";

import { type FormEvent, type RefObject, useState } from "react";
import { Button } from "@/components/ui/button";
import { Reason } from "@/lib/contract/runs";
import type { RunFacts } from "@/lib/client/runs";
import { Consequences } from "./consequences";
import { ReasonField } from "./reason-field";
import { RequestFailure } from "@/components/shell/request-failure";

/** What most cancels are about. */
const TEMPLATES = [
  { label: "Duplicate submission", text: "Ticket #: duplicate submission" },
  { label: "Stuck", text: "Ticket #: stuck, no progress" },
  { label: "Abuse", text: "Ticket #: abuse of a key" },
];

type Props = {
  run: RunFacts;
  customer: string;
  /** Addresses of the customer's webhooks that hear of a cancelled run. */
  webhooks: readonly string[];
  canReadAudit: boolean;
  reason: string;
  isBusy: boolean;
  failure: Error | null;
  reasonBox: RefObject<HTMLTextAreaElement | null>;
  onReason: (reason: string) => void;
  onSubmit: (reason: string) => void;
  onKeep: () => void;
};

export function CancelRunForm(props: Props) {
  const {
    run,
    customer,
    webhooks,
    canReadAudit,
    reason,
    isBusy,
    failure,
    reasonBox,
    onReason,
    onSubmit,
    onKeep,
  } = props;
  const [isAsked, setAsked] = useState(false);
  const checked = Reason.safeParse(reason);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setAsked(true);
    if (checked.success) onSubmit(checked.data);
    else reasonBox.current?.focus();
  };
  return (
    <form onSubmit={submit} noValidate>
      <div className="grid gap-4 px-5 py-4">
        <Consequences run={run} customer={customer} webhooks={webhooks} />
        <ReasonField
          templates={TEMPLATES}
          placeholder="Customer ticket #4821: duplicate submission"
          {...(canReadAudit && { runId: run.id })}
          box={reasonBox}
          value={reason}
          problem={checked.success ? undefined : checked.error.issues[0]?.message}
          isAsked={isAsked}
          isLocked={isBusy}
          onChange={onReason}
        />
        {failure && !isBusy && <RequestFailure error={failure} isRepeatable />}
      </div>
      <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3 max-sm:*:flex-1">
        <Button aria-disabled={isBusy} onClick={onKeep}>
          Keep run
        </Button>
        <Button type="submit" variant="danger" isBusy={isBusy}>
          {isBusy ? "Cancelling…" : "Cancel run"}
        </Button>
      </div>
    </form>
  );
}
