"use client";

import { Dialog } from "@/components/ui/dialog";
import { KeyList } from "./key-list";

type Props = { isOpen: boolean; onClose: () => void };

export function KeySheetDialog({ isOpen, onClose }: Props) {
  return (
    <Dialog labelledBy="key-sheet" isOpen={isOpen} onClose={onClose} className="w-[22rem]">
      <div className="p-5">
        <h2 id="key-sheet" className="text-md font-semibold">
          Keyboard shortcuts
        </h2>
        <KeyList onClose={onClose} />
      </div>
    </Dialog>
  );
}
