"use client";

import { useEffect, useEffectEvent } from "react";
import { flushSync } from "react-dom";
import type { SecretEnd } from "./secret-ends";
import { hasSessionEnded, onSessionEnd } from "./session-end";

const UNSEEN_MS = 10 * 60_000;

/** By whichever of the two clocks is further: one can be set, the other stands still while a computer sleeps. */
const elapsedSince = ([date, ticks]: [number, number]): number =>
  Math.max(Date.now() - date, performance.now() - ticks);

/**
 * Tells once, and at once, when something secret must leave the page.
 * @param isShown whether it is on the page
 */
export function useSecretEnd(isShown: boolean, onEnd: (why: SecretEnd) => void): void {
  // Before a page is frozen or kept for "back", its DOM has to be without the secret.
  const end = useEffectEvent((why: SecretEnd) => flushSync(() => onEnd(why)));
  useEffect(() => {
    if (!isShown) return;
    let hiddenAt: [number, number] | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const checkSession = () => {
      if (hasSessionEnded()) end("session");
    };
    const checkSight = () => {
      clearTimeout(timer);
      const isHidden = document.visibilityState === "hidden";
      if (hiddenAt && elapsedSince(hiddenAt) >= UNSEEN_MS) return end("unseen");
      if (isHidden) {
        hiddenAt ??= [Date.now(), performance.now()];
        timer = setTimeout(checkSight, UNSEEN_MS - elapsedSince(hiddenAt));
      } else hiddenAt = undefined;
    };
    const leave = () => end("left");
    const stop = onSessionEnd(checkSession);
    document.addEventListener("visibilitychange", checkSight);
    window.addEventListener("pagehide", leave);
    // Not during this commit, which could not render again at once.
    queueMicrotask(checkSession);
    checkSight();
    return () => {
      clearTimeout(timer);
      stop();
      document.removeEventListener("visibilitychange", checkSight);
      window.removeEventListener("pagehide", leave);
    };
  }, [isShown]);
}
