"use client";

import { Dialog } from "@/components/ui/dialog";
import { Palette } from "./palette";

type Props = { isOpen: boolean; onClose: () => void };

export function PaletteDialog({ isOpen, onClose }: Props) {
  return (
    <Dialog
      labelledBy="palette-title"
      isOpen={isOpen}
      onClose={onClose}
      className="mt-[12dvh]! w-[36rem] overflow-hidden!"
    >
      <h2 id="palette-title" className="sr-only">
        Commands
      </h2>
      <Palette onClose={onClose} />
    </Dialog>
  );
}
