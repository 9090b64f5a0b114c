"use client";

import { Dialog } from "@/components/ui/dialog";
import { latePart } from "@/components/ui/late-part";
import { useShortcut } from "@/components/ui/use-shortcut";
import { hideKeySheet, showKeySheet, useKeySheet } from "./key-sheet-state";

/** Loaded when it is opened, which most people do once. */
const KeyList = latePart(() => import("./key-list").then((module) => module.KeyList));

export function KeySheet() {
  const isOpen = useKeySheet();
  useShortcut("?", showKeySheet);
  return (
    <Dialog labelledBy="key-sheet" isOpen={isOpen} onClose={hideKeySheet} className="w-[22rem]">
      <div className="p-5">
        <h2 id="key-sheet" className="text-md font-semibold">
          Keyboard shortcuts
        </h2>
        <KeyList onClose={hideKeySheet} />
      </div>
    </Dialog>
  );
}
