"use client";

import { useRef } from "react";
import { Dialog } from "@/components/ui/dialog";
import type { DialogProps } from "@/components/ui/dialog-state";
import { ReasonForm, type ReasonFormProps } from "./reason-form";

type Props = DialogProps & ReasonFormProps & { role?: "dialog" | "alertdialog" };

/** Asks for a reason before an action that is hard to undo. */
export function ReasonDialog({ role = "alertdialog", isOpen, onClose, button, ...form }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  return (
    <Dialog
      {...{ role, isOpen, onClose, button }}
      isDescribed={form.text !== undefined}
      isBusy={form.isBusy}
      className="w-[32rem]"
    >
      <ReasonForm {...form} box={box} />
    </Dialog>
  );
}
