"use client";

import { Dialog } from "./dialog";
import { DialogForm, type DialogFormProps } from "./dialog-form";
import type { DialogProps } from "./dialog-state";

type Props = DialogProps &
  DialogFormProps & {
    role?: "dialog" | "alertdialog" | undefined;
    width?: string;
  };

/** A dialog with one form: title, text, fields and two buttons. */
export function FormDialog({ role, isOpen, onClose, button, width = "w-[32rem]", ...form }: Props) {
  return (
    <Dialog
      {...{ role, isOpen, onClose, button }}
      isDescribed={form.text !== undefined}
      isBusy={form.isBusy}
      className={width}
    >
      <DialogForm {...form} />
    </Dialog>
  );
}
