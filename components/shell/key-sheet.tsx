"use client";

import { latePart } from "@/components/ui/late-part";
import { useShortcut } from "@/components/ui/use-shortcut";
import { useWasTrue } from "@/components/ui/use-was-true";
import { hideKeySheet, showKeySheet, useKeySheet } from "./key-sheet-state";

/** Loaded when it is opened, which most people do once. */
const KeySheetDialog = latePart(() => import("./key-sheet-dialog").then((module) => module.KeySheetDialog));

export function KeySheet() {
  const isOpen = useKeySheet();
  useShortcut("?", showKeySheet);
  return (
    <div className="fixed right-4 bottom-4 z-50 max-w-sm empty:hidden">
      {useWasTrue(isOpen) && <KeySheetDialog isOpen={isOpen} onClose={hideKeySheet} />}
    </div>
  );
}
