"use client";

import { type ReactNode, type RefObject, type SyntheticEvent, useEffect, useRef } from "react";
import { cx } from "./class-names";
import { POPUP } from "./popup-style";

type Props = {
  /** An alert dialog asks for an answer: a press beside it is none. */
  role?: "dialog" | "alertdialog";
  labelledBy: string;
  describedBy?: string;
  isOpen: boolean;
  /** While its work is under way the dialog can't be closed. */
  isLocked?: boolean;
  onClose: () => void;
  initialFocus?: RefObject<HTMLElement | null>;
  /** Where the focus goes afterwards, if not back to where it was. */
  finalFocus?: RefObject<HTMLElement | null>;
  className?: string;
  children: ReactNode;
};

/** The browser's own modal dialog: the page behind it is out of reach, and Escape closes it. */
export function Dialog(props: Props) {
  const {
    role,
    labelledBy,
    describedBy,
    isOpen,
    isLocked = false,
    onClose,
    initialFocus,
    finalFocus,
  } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const ownCloses = useRef(0);

  useEffect(() => {
    const element = dialog.current;
    if (!element || isOpen === element.open) return;
    if (isOpen) {
      element.showModal();
      initialFocus?.current?.focus();
    } else {
      ownCloses.current += 1;
      element.close();
      finalFocus?.current?.focus();
    }
  }, [isOpen, initialFocus, finalFocus]);

  const refuse = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!isLocked) onClose();
  };
  // A browser lets nobody be trapped: a second Escape closes without asking. What was closed here is
  // told later, when the dialog may be open again.
  const closed = () => {
    if (ownCloses.current > 0) ownCloses.current -= 1;
    else if (isOpen && isLocked) dialog.current?.showModal();
    else if (isOpen) onClose();
  };
  return (
    <dialog
      ref={dialog}
      role={role}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      onCancel={refuse}
      onClose={closed}
      closedby={role === "alertdialog" ? "closerequest" : "any"}
      className={cx(
        POPUP,
        "backdrop:bg-backdrop m-auto max-h-[calc(100dvh-2rem)] max-w-[calc(100vw-2rem)] overflow-auto overscroll-contain",
        props.className,
      )}
    >
      {isOpen && <div>{props.children}</div>}
    </dialog>
  );
}
