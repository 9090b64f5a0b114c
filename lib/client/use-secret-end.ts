"use client";

import { useEffect, useEffectEvent } from "react";
import { flushSync } from "react-dom";
import type { SecretEnd } from "./secret-ends";
import { hasSessionEnded, onSessionEnd } from "./session-end";

const UNSEEN_MS = 10 * 60_000;

/** The larger of the two clocks' readings: one can be set, the other stops while a computer sleeps. */
const elapsedSince = ([date, ticks]: [number, number]): number =>
  Math.max(Date.now() - date, performance.now() - ticks);

/**
 * Calls `onEnd` once, immediately, when a secret must leave the page.
 * @param isShown whether the secret is on the page
 */
export function useSecretEnd(isShown: boolean, onEnd: (why: SecretEnd) => void): void {
  // Synchronously: the DOM must not hold the secret when the page is frozen or goes into the back/forward
  // cache.
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
    // Not during this commit, where flushSync can't render.
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
