"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, type RefObject, type SyntheticEvent, useEffect, useRef } from "react";
import { leaveWork } from "@/lib/client/left-work";
import { cx } from "./class-names";
import { DialogContext, useHasLasted } from "./dialog-state";
import { POPUP } from "./popup-style";

/** From here on waiting has to be explained. */
const LONG_MS = 5_000;

type Props = {
  /** An alert dialog asks for an answer: a press beside it is none. */
  role?: "dialog" | "alertdialog";
  labelledBy: string;
  describedBy?: string;
  isOpen: boolean;
  /** Asks for an answer of its own, such as that a secret was kept: until then it can't be closed. */
  isLocked?: boolean;
  /** Its work is under way. For a while it can't be closed; when it takes long the person may leave it to itself. */
  isBusy?: boolean;
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
    isBusy = false,
    onClose,
    initialFocus,
    finalFocus,
  } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const ownCloses = useRef(0);
  const queryClient = useQueryClient();
  const isLong = useHasLasted(isBusy, LONG_MS);
  const isHeld = isLocked || (isBusy && !isLong);
  const leave = () => {
    if (isHeld) return;
    if (isBusy) leaveWork(queryClient);
    onClose();
  };

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
    leave();
  };
  // A browser lets nobody be trapped: a second Escape closes without asking. What was closed here is
  // told later, when the dialog may be open again.
  const closed = () => {
    if (ownCloses.current > 0) ownCloses.current -= 1;
    else if (isOpen && isHeld) dialog.current?.showModal();
    else if (isOpen) leave();
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
      {isOpen && (
        <DialogContext value={{ isHeld, leave }}>
          <div>{props.children}</div>
          <p role="status" className="text-ink-muted px-5 pb-3 text-right empty:hidden">
            {isLong &&
              !isLocked &&
              "This is taking a while. You can close this dialog: the request continues, and the page will show the result."}
          </p>
        </DialogContext>
      )}
    </dialog>
  );
}
