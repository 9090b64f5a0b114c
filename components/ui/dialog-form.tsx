"use client";

import type { FormEvent } from "react";
import { Button } from "./button";
import type { ButtonVariant } from "./button-style";
import { type BodyProps, DialogBody, DialogFooter } from "./dialog-parts";
import { LeaveButton } from "./leave-button";
import { RequestFailure } from "./request-failure";

export type DialogFormProps = BodyProps & {
  /** The labels of the two buttons: `keep` changes nothing, `confirm` goes on. */
  keep?: string;
  submit: string;
  /** What the second one says while it does. */
  submitting?: string;
  variant?: ButtonVariant;
  /** Without fields, the focus starts at the button that changes nothing, unless going on does no harm. */
  isHarmless?: boolean;
  isBusy: boolean;
  /** A failure that belongs to no field. */
  failure: Error | null;
  /** Whether the same request, sent again, is not carried out twice. */
  isRepeatable?: boolean;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
};

/** A question within a dialog: fields or none, and the two answers. */
export function DialogForm(props: DialogFormProps) {
  const { keep = "Cancel", submit, submitting = submit, variant = "primary", isBusy, failure } = props;
  const { title, aside, text, children, isRepeatable = false, onSubmit } = props;
  const answer = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isBusy) onSubmit(event);
  };
  return (
    <form onSubmit={answer} noValidate>
      <DialogBody {...{ title, aside, text }}>
        {children}
        {failure && !isBusy && <RequestFailure error={failure} isRepeatable={isRepeatable} />}
      </DialogBody>
      <DialogFooter>
        <LeaveButton>{keep}</LeaveButton>
        <Button data-focus-first={props.isHarmless} type="submit" variant={variant} isBusy={isBusy}>
          {isBusy ? submitting : submit}
        </Button>
      </DialogFooter>
    </form>
  );
}
