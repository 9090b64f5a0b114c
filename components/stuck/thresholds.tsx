"use client";

import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { loadPatiently } from "@/components/ui/load-patiently";

/** Loaded when it is opened: most people come to read. */
const ThresholdDialog = dynamic(
  () => loadPatiently(() => import("./threshold-dialog")).then((module) => module.ThresholdDialog),
  { ssr: false },
);

export type ThresholdModel = { id: string; slug: string; p95Ms: number; stuckFactor: number };

type Props = {
  models: readonly ThresholdModel[];
  /** The slug of the model that is chosen at first. */
  proposed: string;
  barrier: string | undefined;
};

/** The way to the thresholds, or why it is closed. */
export function Thresholds({ models, proposed, barrier }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isLoaded, setLoaded] = useState(false);
  const isOff = barrier !== undefined || models.length === 0;
  return (
    <div className="flex items-center gap-x-3">
      {barrier && (
        <p id="threshold-barrier" className="text-ink-muted text-sm">
          {barrier}
        </p>
      )}
      <Button
        ref={button}
        size="sm"
        aria-disabled={isOff}
        aria-describedby={barrier ? "threshold-barrier" : undefined}
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
