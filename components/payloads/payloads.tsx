"use client";

import type { ReactNode } from "react";
import { latePart } from "@/components/ui/late-part";
import { PayloadBar } from "./payload-bar";

/** Most people never see payloads revealed. */
const RevealedPayloads = latePart(() =>
  import("./revealed-payloads").then((module) => module.RevealedPayloads),
);

type Props = {
  runId: string;
  /** Until when this person sees the payloads; null while they are masked. */
  revealedUntil: string | null;
  /** How much of that is left, by the server's clock, when the page was rendered. */
  revealedForMs: number;
  mayReveal: boolean;
  /** The payloads: masked, or as they are. */
  children: ReactNode;
};

/** A run's payloads under the bar that reveals them. */
export function Payloads({ runId, revealedUntil, revealedForMs, mayReveal, children }: Props) {
  if (revealedUntil !== null) {
    return (
      <RevealedPayloads until={revealedUntil} leftMs={revealedForMs}>
        {children}
      </RevealedPayloads>
    );
  }
  return (
    <PayloadBar runId={runId} mayReveal={mayReveal}>
      {children}
    </PayloadBar>
  );
}
