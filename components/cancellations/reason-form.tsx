"use client";

import { type FormEvent, type ReactNode, type RefObject, useState } from "react";
import { RequestFailure } from "@/components/shell/request-failure";
import { Button } from "@/components/ui/button";
import { LeaveButton } from "@/components/ui/leave-button";
import { Reason } from "@/lib/contract/runs";
import { ReasonField } from "./reason-field";
import type { ReasonTemplate } from "./reason-templates";

type Props = {
  /** What will happen. */
  children: ReactNode;
  templates: readonly ReasonTemplate[];
  placeholder: string;
  /** The run that is to be cancelled, where the person may be told which others a ticket has cancelled before. */
  runId?: string | undefined;
  /** What the buttons say: the one that leaves all as it is, the one that goes on, and that one while it does. */
  words: { keep: string; go: string; going: string };
  reason: string;
  box: RefObject<HTMLTextAreaElement | null>;
  isBusy: boolean;
  failure: Error | null;
  onReason: (reason: string) => void;
  onSubmit: (reason: string) => void;
};

/** Confirmation form of an action that can't be undone: it requires a reason. */
export function ReasonForm({ children, words, reason, box, isBusy, failure, onReason, ...props }: Props) {
  const { templates, placeholder, runId, onSubmit } = props;
  const [isAsked, setAsked] = useState(false);
  const checked = Reason.safeParse(reason);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setAsked(true);
    if (checked.success) onSubmit(checked.data);
    else box.current?.focus();
  };
  return (
    <form onSubmit={submit} noValidate>
      <div className="grid gap-4 px-5 py-4">
        {children}
        <ReasonField
          {...{ templates, placeholder, runId, box, isAsked }}
          value={reason}
          problem={checked.success ? undefined : checked.error.issues[0]?.message}
          isLocked={isBusy}
          onChange={onReason}
        />
        {failure && !isBusy && <RequestFailure error={failure} isRepeatable />}
      </div>
      <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3 max-sm:*:flex-1">
        <LeaveButton>{words.keep}</LeaveButton>
        <Button type="submit" variant="danger" isBusy={isBusy}>
          {isBusy ? words.going : words.go}
        </Button>
      </div>
    </form>
  );
}
