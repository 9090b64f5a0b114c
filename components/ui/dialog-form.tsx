"use client";

import type { FormEvent, ReactNode } from "react";
import { Button } from "./button";
import type { ButtonVariant } from "./button-style";
import { type BodyProps, DialogBody, DialogFooter } from "./dialog-parts";
import { LeaveButton } from "./leave-button";
import { RequestFailure } from "./request-failure";
import { showWhole } from "./show-whole";

export type DialogFormProps = BodyProps & {
  /** The labels of the two buttons: `keep` changes nothing, `confirm` continues. */
  keep?: string;
  submit: string;
  /** The confirm button's label during the request. */
  submitting?: string;
  variant?: ButtonVariant;
  /** Without fields, the focus starts at the button that changes nothing, unless confirming is harmless. */
  isHarmless?: boolean;
  isBusy: boolean;
  /** An error that belongs to no field. */
  failure: Error | null;
  /** Whether retrying the same request is safe (idempotent). */
  isRepeatable?: boolean;
  /** Replaces the message of this failure, with what to do about it. */
  explain?: ((failure: Error) => ReactNode) | undefined;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
};

/** A form within a dialog: optional fields and two buttons. */
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
        {failure &&
          !isBusy &&
          (props.explain?.(failure) ?? (
            <div ref={showWhole}>
              <RequestFailure error={failure} isRepeatable={isRepeatable} />
            </div>
          ))}
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
