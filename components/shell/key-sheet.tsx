"use client";

import { lazyDialog } from "@/components/ui/lazy-dialog";
import { useShortcut } from "@/components/ui/use-shortcut";
import { hideKeySheet, showKeySheet, useKeySheet } from "./key-sheet-state";

/** Loaded on opening; most people open it once. */
const KeySheetDialog = lazyDialog(() => import("./key-sheet-dialog").then((module) => module.KeySheetDialog));

export function KeySheet() {
  const isOpen = useKeySheet();
  useShortcut("?", showKeySheet);
  return (
    <div className="fixed right-4 bottom-4 z-50 max-w-sm empty:hidden">
      <KeySheetDialog isOpen={isOpen} onClose={hideKeySheet} />
    </div>
  );
}
