"use client";

import { Dialog } from "@/components/ui/dialog";
import { DialogTitle } from "@/components/ui/dialog-parts";
import type { DialogProps } from "@/components/ui/dialog-state";
import { Palette } from "./palette";

export function PaletteDialog(dialog: DialogProps) {
  return (
    <Dialog {...dialog} className="mt-[12dvh]! w-[36rem] overflow-hidden!">
      <DialogTitle className="sr-only">Commands</DialogTitle>
      <Palette onClose={dialog.onClose} />
    </Dialog>
  );
}
