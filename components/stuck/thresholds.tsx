"use client";

import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { latePart } from "@/components/ui/late-part";
import type { ThresholdModel } from "./threshold-model";

/** Loaded when it is opened: most people come to read. */
const ThresholdDialog = latePart(() => import("./threshold-dialog").then((module) => module.ThresholdDialog));

type Props = {
  models: readonly ThresholdModel[];
  /** The slug of the model that is chosen at first. */
  proposed: string;
  disabledReason: string | undefined;
};

/** The way to the thresholds, or why it is closed. */
export function Thresholds({ models, proposed, disabledReason }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isLoaded, setLoaded] = useState(false);
  const isOff = disabledReason !== undefined || models.length === 0;
  return (
    <div className="flex items-center gap-x-3">
      {disabledReason && (
        <p id="threshold-disabled-reason" className="text-ink-muted text-sm">
          {disabledReason}
        </p>
      )}
      <Button
        ref={button}
        size="sm"
        aria-disabled={isOff}
        aria-describedby={disabledReason ? "threshold-disabled-reason" : undefined}
        onClick={() => {
          setLoaded(true);
          setOpen(true);
        }}
      >
        Set a threshold
      </Button>
      {isLoaded && (
        <ThresholdDialog
          models={models}
          proposed={proposed}
          isOpen={isOpen}
          button={button}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}
