"use client";

import { useEffect, useRef, useState } from "react";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { onStepUp } from "@/lib/client/step-up";

const StepUpDialog = lazyDialog(() => import("./step-up-dialog").then((module) => module.StepUpDialog));

/** Opens when a change needs a recent sign-in; the change then goes on. */
export function StepUp() {
  const [isOpen, setOpen] = useState(false);
  const answer = useRef<(isConfirmed: boolean) => void>(undefined);
  useEffect(
    () =>
      onStepUp(() => {
        setOpen(true);
        return new Promise((resolve) => (answer.current = resolve));
      }),
    [],
  );
  const settle = (isConfirmed: boolean) => {
    setOpen(false);
    answer.current?.(isConfirmed);
  };
  return <StepUpDialog isOpen={isOpen} onClose={() => settle(false)} onConfirmed={() => settle(true)} />;
}
