"use client";

import { type RefObject, useState } from "react";
import { DialogForm, type DialogFormProps } from "@/components/ui/dialog-form";
import { Reason } from "@/lib/contract/runs";
import { ReasonField } from "./reason-field";
import type { ReasonTemplate } from "./reason-templates";

export type ReasonFormProps = Omit<DialogFormProps, "children" | "onSubmit"> & {
  templates?: readonly ReasonTemplate[];
  placeholder: string;
  /** The run to cancel, where the person may be told which others a ticket has cancelled before. */
  runId?: string | undefined;
  reason: string;
  onReason: (reason: string) => void;
  onSubmit: (reason: string) => void;
};

type Props = ReasonFormProps & { box: RefObject<HTMLTextAreaElement | null> };

/** A question whose answer takes a reason. */
export function ReasonForm({ templates = [], placeholder, runId, reason, box, onReason, ...form }: Props) {
  const [isAsked, setAsked] = useState(false);
  const checked = Reason.safeParse(reason);
  const submit = () => {
    setAsked(true);
    if (checked.success) form.onSubmit(checked.data);
    else box.current?.focus();
  };
  return (
    <DialogForm {...form} isRepeatable onSubmit={submit}>
      <ReasonField
        {...{ templates, placeholder, runId, box, isAsked }}
        value={reason}
        problem={checked.success ? undefined : checked.error.issues[0]?.message}
        isLocked={form.isBusy}
        onChange={onReason}
      />
    </DialogForm>
  );
}
