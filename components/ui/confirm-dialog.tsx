"use client";

import { type ReactNode, type RefObject, useRef } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { LeaveButton } from "./leave-button";

type Props = {
  /** Of the page's ids, the dialog's own. */
  id: string;
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** The words on the two buttons; the one that changes nothing has the focus. */
  confirm: string;
  keep: string;
  isDangerous?: boolean;
  isOpen: boolean;
  isBusy: boolean;
  /** What went wrong, if anything. */
  failure: ReactNode;
  finalFocus?: RefObject<HTMLElement | null>;
  onConfirm: () => void;
  onClose: () => void;
};

/** Asks before something is done that is not easily undone. */
export function ConfirmDialog(props: Props) {
  const { id, title, children, confirm, keep, isDangerous = false, isOpen, isBusy, failure } = props;
  const keepButton = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      role="alertdialog"
      labelledBy={`${id}-title`}
      describedBy={`${id}-text`}
      isOpen={isOpen}
      isBusy={isBusy}
      onClose={props.onClose}
      initialFocus={keepButton}
      {...(props.finalFocus && { finalFocus: props.finalFocus })}
      className="w-[28rem]"
    >
      <div className="grid gap-2 px-5 py-4">
        <h2 id={`${id}-title`} className="text-lg font-semibold">
          {title}
        </h2>
        <div id={`${id}-text`} className="text-ink-muted grid gap-2">
          {children}
        </div>
        {failure}
      </div>
      <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3 max-sm:*:flex-1">
        <LeaveButton ref={keepButton}>{keep}</LeaveButton>
        <Button variant={isDangerous ? "danger" : "primary"} isBusy={isBusy} onClick={props.onConfirm}>
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
}
