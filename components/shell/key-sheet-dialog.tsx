"use client";

import { Dialog } from "@/components/ui/dialog";
import { DialogTitle } from "@/components/ui/dialog-parts";
import type { DialogProps } from "@/components/ui/dialog-state";
import { KeyList } from "./key-list";

export function KeySheetDialog(dialog: DialogProps) {
  return (
    <Dialog {...dialog} className="w-[22rem]">
      <div className="p-5">
        <DialogTitle>Keyboard shortcuts</DialogTitle>
        <KeyList onClose={dialog.onClose} />
      </div>
    </Dialog>
  );
}
