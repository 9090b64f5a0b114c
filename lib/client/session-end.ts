/** The session can end while a page is open; the first refused call tells the whole page. */
let hasEnded = false;
const listeners = new Set<() => void>();

/** @param ended false once a call succeeds again, as after a sign-in in another tab */
export function reportSession(ended: boolean): void {
  if (ended === hasEnded) return;
  hasEnded = ended;
  listeners.forEach((tell) => tell());
}

/** How long until the next question: none without need, and none that could only be refused. */
export const pollEvery = (intervalMs: number, isNeeded: boolean): number | false =>
  isNeeded && !hasEnded ? intervalMs : false;

export const hasSessionEnded = (): boolean => hasEnded;

/** @returns how to stop listening */
export function onSessionEnd(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
