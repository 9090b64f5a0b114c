"use client";

import type { ReactNode, RefObject } from "react";
import { Button } from "./button";
import { useDialogState } from "./dialog-state";

type Props = { children: ReactNode; ref?: RefObject<HTMLButtonElement | null> };

/** Closes its dialog and changes nothing. While the dialog's work is under way it waits, but not for ever. */
export function LeaveButton({ children, ref }: Props) {
  const { isHeld, leave } = useDialogState();
  return (
    <Button {...(ref && { ref })} aria-disabled={isHeld} onClick={leave}>
      {children}
    </Button>
  );
}
