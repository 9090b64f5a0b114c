"use client";

import { createContext, type RefObject, useContext, useEffect, useRef, useState } from "react";

/** The props that every dialog takes from the place that opens it. */
export type DialogProps = {
  isOpen: boolean;
  onClose: () => void;
  /** Where the focus goes on closing, if not back. */
  button?: RefObject<HTMLElement | null> | undefined;
};

/** A dialog's state: `opener` has the props of the button that opens it, `props` the dialog's own. */
export function useDialog() {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [open, close] = [() => setOpen(true), () => setOpen(false)];
  return { open, close, opener: { ref: button, onClick: open }, props: { isOpen, button, onClose: close } };
}

/** What a dialog's parts need: its IDs, and whether and how it can be closed now. */
type DialogState = { titleId: string; textId: string; isHeld: boolean; isLong: boolean; leave: () => void };

export const DialogContext = createContext<DialogState>({
  titleId: "",
  textId: "",
  isHeld: false,
  isLong: false,
  leave: () => {},
});
export const useDialogState = (): DialogState => useContext(DialogContext);

/** @returns whether the value has been true for that long without a break */
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
