"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { onTick } from "@/components/ui/clock";
import { serverNow } from "@/lib/client/server-time";
import type { SecretEnd } from "@/lib/client/secret-ends";
import { useSecretEnd } from "@/lib/client/use-secret-end";
import { PayloadBar } from "./payload-bar";

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

/** A run's payloads under the bar that reveals them. Revealed ones leave the page when their time or their reader is gone. */
export function Payloads({ runId, revealedUntil, revealedForMs, mayReveal, children }: Props) {
  const router = useRouter();
  const isRevealed = revealedUntil !== null;
  const [gone, setGone] = useState<{ until: string | null; why: SecretEnd | "over" }>();
  // Of another reveal nothing is known yet.
  const why = gone?.until === revealedUntil ? gone?.why : undefined;
  const isShown = isRevealed && why === undefined;
  useSecretEnd(isShown, (because) => setGone({ until: revealedUntil, why: because }));
  useRevealEnd(isShown ? revealedUntil : null, revealedForMs, (isSure) => {
    if (isSure) setGone({ until: revealedUntil, why: "over" });
    router.refresh();
  });
  const showAgain = () => {
    setGone(undefined);
    router.refresh();
  };
  return (
    <>
      <PayloadBar
        {...{ runId, revealedUntil, mayReveal }}
        hiddenBecause={isRevealed ? why : undefined}
        onShowAgain={showAgain}
      />
      {(!isRevealed || isShown) && children}
    </>
  );
}

/** How long until the server is asked once more, where only the computer's own clock says that the time is over. */
const ASK_AGAIN_MS = 5_000;

/**
 * Ends a reveal by the server's clock and by the time that was left. The computer's clock alone, which may have been set,
 * only makes the page ask: it also counts while a computer sleeps.
 */
function useRevealEnd(until: string | null, leftMs: number, onEnd: (isSure: boolean) => void): void {
  const end = useEffectEvent(onEnd);
  useEffect(() => {
    if (until === null) return;
    const [date, ticks] = [Date.now(), performance.now()];
    let askedAt = -Infinity;
    return onTick(() => {
      const isSure = serverNow() >= Date.parse(until) || performance.now() - ticks >= leftMs;
      const isLikely = Date.now() - date >= leftMs;
      if (!isSure && !(isLikely && performance.now() - askedAt >= ASK_AGAIN_MS)) return;
      askedAt = performance.now();
      end(isSure);
    });
  }, [until, leftMs]);
}
