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
  /** The end of this person's reveal; null while the payloads are masked. */
  revealedUntil: string | null;
  /** The remaining time by the server's clock, when the page was rendered. */
  revealedForMs: number;
  mayReveal: boolean;
  /** Masked or revealed payloads. */
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
