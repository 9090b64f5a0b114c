"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, type SyntheticEvent, useEffect, useId, useRef } from "react";
import { leaveWork } from "@/lib/client/left-work";
import { cx } from "./class-names";
import { DialogContext, type DialogProps, useHasLasted } from "./dialog-state";
import { POPUP } from "./popup-style";

/** A longer wait needs an explanation. */
const LONG_MS = 5_000;

type Props = DialogProps & {
  /** An alert dialog needs an answer: a click outside doesn't close it. */
  role?: "dialog" | "alertdialog" | undefined;
  /** Whether its `DialogBody` has a text that describes it. */
  isDescribed?: boolean;
  /** Requires an answer, for example that a secret was saved: until then it can't be closed. */
  isLocked?: boolean;
  /** Work is in progress. The dialog can't be closed at first; after a while, the person may leave. */
  isBusy?: boolean;
  className?: string | undefined;
  /** Contains a `DialogBody` or a `DialogTitle`, which names it. */
  children: ReactNode;
};

/**
 * The browser's native modal dialog: the page behind it is inert, and Escape closes it. The focus starts at
 * its first control, or at the one with `data-focus-first`.
 */
export function Dialog(props: Props) {
  const { role, isDescribed, isOpen, isLocked = false, isBusy = false, onClose, button } = props;
  const id = useId();
  const [titleId, textId] = [`${id}-title`, `${id}-text`];
  const dialog = useRef<HTMLDialogElement>(null);
  const ownCloses = useRef(0);
  const queryClient = useQueryClient();
  const hasLasted = useHasLasted(isBusy, LONG_MS);
  const isHeld = isLocked || (isBusy && !hasLasted);
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
      element.querySelector<HTMLElement>("[data-focus-first]")?.focus();
    } else {
      ownCloses.current += 1;
      element.close();
      button?.current?.focus();
    }
  }, [isOpen, button]);

  const refuse = (event: SyntheticEvent) => {
    event.preventDefault();
    leave();
  };
  // A second Escape closes a dialog without a cancel event. The close events of our own calls arrive later,
  // when the dialog may be open again.
  const closed = () => {
    if (ownCloses.current > 0) ownCloses.current -= 1;
    else if (isOpen && isHeld) dialog.current?.showModal();
    else if (isOpen) leave();
  };
  return (
    <dialog
      ref={dialog}
      role={role}
      aria-labelledby={titleId}
      aria-describedby={isDescribed ? textId : undefined}
      onCancel={refuse}
      onClose={closed}
      closedby={role === "alertdialog" ? "closerequest" : "any"}
      className={cx(
        POPUP,
        "backdrop:bg-backdrop m-auto max-h-[calc(100dvh-2rem)] max-w-[calc(100vw-2rem)] scroll-pb-16 overflow-auto overscroll-contain",
        props.className,
      )}
    >
      {isOpen && (
        <DialogContext value={{ titleId, textId, isHeld, isLong: hasLasted && !isLocked, leave }}>
          {props.children}
        </DialogContext>
      )}
    </dialog>
  );
}
