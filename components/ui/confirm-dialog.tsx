"use client";

import type { ReactNode } from "react";
import type { DialogProps } from "./dialog-state";
import { FormDialog } from "./form-dialog";

type Props = DialogProps & {
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** The labels of the two buttons; "keep" changes nothing and has the focus. */
  confirm: string;
  keep: string;
  isDangerous?: boolean;
  isBusy: boolean;
  failure: Error | null;
  isRepeatable?: boolean;
  /** What to show instead of the failure. */
  explain?: (failure: Error) => ReactNode;
  onConfirm: () => void;
};

/** Confirms an action that is hard to undo. */
export function ConfirmDialog({ children, confirm, isDangerous = false, onConfirm, ...props }: Props) {
  return (
    <FormDialog
      {...props}
      role="alertdialog"
      text={children}
      submit={confirm}
      variant={isDangerous ? "danger" : "primary"}
      width="w-[28rem]"
      onSubmit={onConfirm}
    />
  );
}
