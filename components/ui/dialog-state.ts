"use client";

import { createContext, useContext, useEffect, useState } from "react";

/** What a dialog's own buttons have to know: whether it can be left now, and how. */
type DialogState = { isHeld: boolean; leave: () => void };

export const DialogContext = createContext<DialogState>({ isHeld: false, leave: () => {} });
export const useDialogState = (): DialogState => useContext(DialogContext);

/** @returns whether something has been so for that long without a break */
export function useHasLasted(isSo: boolean, forMs: number): boolean {
  const [hasLasted, setLasted] = useState(false);
  useEffect(() => {
    if (!isSo) return;
    const timer = setTimeout(() => setLasted(true), forMs);
    return () => {
      clearTimeout(timer);
      setLasted(false);
    };
  }, [isSo, forMs]);
  return isSo && hasLasted;
}
