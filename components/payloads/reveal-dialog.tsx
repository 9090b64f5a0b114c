"use client";

import { type FormEvent, type RefObject, useRef, useState } from "react";
import { RequestFailure } from "@/components/shell/request-failure";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, inputStyle } from "@/components/ui/field";
import { LeaveButton } from "@/components/ui/leave-button";
import { useDraft } from "@/lib/client/drafts";
import { revealPayload } from "@/lib/client/payloads";
import { useChange } from "@/lib/client/use-change";
import { Reason } from "@/lib/contract/runs";

type Props = {
  runId: string;
  isOpen: boolean;
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
};

/** Asks why somebody wants to see what a customer sent. */
export function RevealDialog({ runId, isOpen, button, onClose }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [reason, setReason] = useDraft(`reveal:${runId}`);
  const [isAsked, setAsked] = useState(false);
  const checked = Reason.safeParse(reason);
  const problem = isAsked && !checked.success ? checked.error.issues[0]?.message : undefined;
  const reveal = useChange(
    (why: string) => revealPayload(runId, why),
    () => {
      setReason("");
      setAsked(false);
      onClose();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (reveal.isPending) return;
    if (checked.success) reveal.mutate(checked.data);
    else box.current?.focus();
  };
  return (
    <Dialog
      labelledBy="reveal-title"
      describedBy="reveal-text"
      isOpen={isOpen}
      isBusy={reveal.isPending}
      onClose={onClose}
      initialFocus={box}
      finalFocus={button}
      className="w-[30rem]"
    >
      <form onSubmit={submit} noValidate>
        <div className="grid gap-3 px-5 py-4">
          <h2 id="reveal-title" className="text-lg font-semibold">
            Reveal the payloads?
          </h2>
          <p id="reveal-text" className="text-ink-muted">
            Shows this run’s input and output for 15 minutes. Your name and reason are logged.
          </p>
          <Field id="reveal-reason" label="Reason" error={problem}>
            <textarea
              ref={box}
              id="reveal-reason"
              rows={3}
              value={reason}
              required
              aria-invalid={problem !== undefined || undefined}
              aria-describedby={problem ? "reveal-reason-error" : undefined}
              placeholder="Ticket #4821: the customer asks why the output is cut off"
              onChange={(event) => setReason(event.target.value)}
              className={inputStyle("min-h-20 resize-y py-1.5")}
            />
          </Field>
          {reveal.error && !reveal.isPending && <RequestFailure error={reveal.error} isRepeatable />}
        </div>
        <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3 max-sm:*:flex-1">
          <LeaveButton>Keep masked</LeaveButton>
          <Button type="submit" variant="primary" isBusy={reveal.isPending}>
            Reveal payloads
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
