"use client";

import type { ReactNode, RefObject } from "react";
import { Button } from "./button";
import { useDialogState } from "./dialog-state";

type Props = { children: ReactNode; ref?: RefObject<HTMLButtonElement | null> };

/** Closes its dialog and changes nothing. While a request is in progress it waits, but not forever. */
export function LeaveButton({ children, ref }: Props) {
  const { isHeld, leave } = useDialogState();
  return (
    <Button {...(ref && { ref })} aria-disabled={isHeld} onClick={leave}>
      {children}
    </Button>
  );
}
