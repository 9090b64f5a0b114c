"use client";

import { type RefObject, useState } from "react";
import { DialogForm, type DialogFormProps } from "@/components/ui/dialog-form";
import { Reason } from "@/lib/contract/runs";
import { ReasonField } from "./reason-field";
import type { ReasonTemplate } from "./reason-templates";
import type { TicketRun } from "./ticket-panel";

export type ReasonFormProps = Omit<DialogFormProps, "children" | "onSubmit"> & {
  templates?: readonly ReasonTemplate[];
  placeholder: string;
  /** The run to cancel, if the person may see which other runs a ticket has canceled. */
  run?: TicketRun | undefined;
  reason: string;
  onReason: (reason: string) => void;
  onSubmit: (reason: string) => void;
};

type Props = ReasonFormProps & { box: RefObject<HTMLTextAreaElement | null> };

/** A confirmation that requires a reason. */
export function ReasonForm({ templates = [], placeholder, run, reason, box, onReason, ...form }: Props) {
  const [isAsked, setAsked] = useState(false);
  const checked = Reason.safeParse(reason);
  const answer = () => {
    setAsked(true);
    if (checked.success) form.onSubmit(checked.data);
    else box.current?.focus();
  };
  return (
    <DialogForm {...form} isRepeatable onSubmit={answer}>
      <ReasonField
        {...{ templates, placeholder, run, box, isAsked }}
        value={reason}
        problem={checked.success ? undefined : checked.error.issues[0]?.message}
        isLocked={form.isBusy}
        submit={form.submit}
        onChange={onReason}
      />
    </DialogForm>
  );
}
