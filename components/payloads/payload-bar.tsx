"use client";

import { Eye, EyeOff } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { latePart } from "@/components/ui/late-part";
import { explainMissing } from "@/lib/client/explain-missing";
import { formatClock } from "@/lib/client/format-time";
import { SECRET_ENDS, type SecretEnd } from "@/lib/client/secret-ends";

const RevealDialog = latePart(() => import("./reveal-dialog").then((module) => module.RevealDialog));

type Props = {
  runId: string;
  /** Until when this person sees the payloads; null while they are masked. */
  revealedUntil: string | null;
  mayReveal: boolean;
  /** Why revealed payloads left the page, if they did. */
  hiddenBecause: SecretEnd | "over" | undefined;
  onShowAgain: () => void;
};

/** Says whether the payloads below are masked, and leads to what reveals them. */
export function PayloadBar({ runId, revealedUntil, mayReveal, hiddenBecause, onShowAgain }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isLoaded, setLoaded] = useState(false);
  const isShown = revealedUntil !== null && hiddenBecause === undefined;
  const Icon = isShown ? Eye : EyeOff;
  return (
    <div className="bg-surface flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-lg border px-4 py-2">
      <p role="status" className="flex min-w-0 items-center gap-2">
        <Icon aria-hidden className="text-ink-muted size-4 shrink-0" />
        <span>
          {hiddenBecause
            ? `Payloads are no longer shown: ${hiddenBecause === "over" ? "the time is over" : SECRET_ENDS[hiddenBecause]}.`
            : revealedUntil
              ? `Payloads are revealed to you until ${formatClock(revealedUntil).slice(0, 8)} UTC.`
              : "Input, output and metadata are masked."}
        </span>
      </p>
      {hiddenBecause && hiddenBecause !== "over" && (
        <Button size="sm" onClick={onShowAgain}>
          Show again
        </Button>
      )}
      {!revealedUntil && (
        <Button
          ref={button}
          size="sm"
          aria-disabled={!mayReveal}
          aria-describedby={mayReveal ? undefined : "reveal-disabled-reason"}
          onClick={() => {
            setLoaded(true);
            setOpen(true);
          }}
        >
          Reveal payloads
        </Button>
      )}
      {!mayReveal && (
        <p id="reveal-disabled-reason" className="text-ink-muted w-full text-sm">
          {explainMissing("revealing payloads", "runs.payload.reveal")}
        </p>
      )}
      {isLoaded && (
        <RevealDialog runId={runId} isOpen={isOpen} button={button} onClose={() => setOpen(false)} />
      )}
    </div>
  );
}
