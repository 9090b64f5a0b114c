"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, type SyntheticEvent, useEffect, useId, useRef } from "react";
import { leaveWork } from "@/lib/client/left-work";
import { cx } from "./class-names";
import { DialogContext, type DialogProps, useHasLasted } from "./dialog-state";
import { POPUP } from "./popup-style";

/** From here on waiting has to be explained. */
const LONG_MS = 5_000;

type Props = DialogProps & {
  /** An alert dialog asks for an answer: a press beside it is none. */
  role?: "dialog" | "alertdialog" | undefined;
  /** Whether its `DialogBody` has a text, which then describes it. */
  isDescribed?: boolean;
  /** Requires an answer, for example that a secret was kept: until then it can't be closed. */
  isLocked?: boolean;
  /** Work is in progress. It can't be closed at first; if the work takes long, the person may leave. */
  isBusy?: boolean;
  className?: string | undefined;
  /** A `DialogBody` or a `DialogTitle` among them, which names it. */
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
  // A second Escape closes a dialog without a cancel event. Close events of our calls arrive later,
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
