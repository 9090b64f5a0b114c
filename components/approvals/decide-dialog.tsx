"use client";

import { useState } from "react";
import type { DialogProps } from "@/components/ui/dialog-state";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { StoredText } from "@/components/ui/stored-text";
import { type Decision, decideApproval } from "@/lib/client/approvals";
import { useChange } from "@/lib/client/use-change";
import type { Approval } from "@/lib/contract/approvals";
import { Reason } from "@/lib/contract/runs";
import { APPROVAL_HOURS, nameAction } from "@/lib/states/approval";

type Props = DialogProps & { approval: Approval; decision: Decision };

const WORDS = {
  approval: { title: "Approve this request?", submit: "Approve", submitting: "Approving…", field: "Note" },
  refusal: { title: "Refuse this request?", submit: "Refuse", submitting: "Refusing…", field: "Why" },
};

/** The second person's decision. A refusal says why; an approval may. */
export function DecideDialog({ approval, decision, ...dialog }: Props) {
  const [note, setNote] = useState("");
  const [isAsked, setAsked] = useState(false);
  const { title, submit, submitting, field } = WORDS[decision];
  const change = useChange(
    (given: string | null) => decideApproval(approval.id, decision, given),
    dialog.onClose,
  );
  const isOptional = decision === "approval" && note.trim() === "";
  const checked = Reason.safeParse(note);
  const answer = () => {
    setAsked(true);
    if (isOptional) change.mutate(null);
    else if (checked.success) change.mutate(checked.data);
  };
  return (
    <FormDialog
      {...dialog}
      role="alertdialog"
      title={title}
      text={
        <>
          <p className="text-ink font-medium">
            <StoredText>{nameAction(approval.kind, approval.target.label)}</StoredText>
          </p>
          <p>
            <StoredText>{approval.requested_by.name}</StoredText>:{" "}
            <span className="text-ink wrap-anywhere">
              <StoredText>{approval.reason}</StoredText>
            </span>
          </p>
          <p>
            {decision === "approval"
              ? `They then have ${APPROVAL_HOURS} hours to do it once, in their own name. The audit trail names you as the approver.`
              : "They are not allowed to do it. The audit trail names you."}
          </p>
        </>
      }
      {...{ submit, submitting }}
      isBusy={change.isPending}
      failure={change.error}
      onSubmit={answer}
    >
      <TextField
        data-focus-first
        label={decision === "approval" ? `${field} (optional)` : field}
        value={note}
        autoComplete="off"
        error={
          isAsked && !isOptional && !checked.success && !change.isPending
            ? checked.error.issues[0]?.message
            : undefined
        }
        onChange={(event) => setNote(event.target.value)}
      />
    </FormDialog>
  );
}
