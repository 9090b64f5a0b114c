/** The session can end while a page is open; the first refused request notifies the whole page. */
let hasEnded = false;
const listeners = new Set<() => void>();

/** @param ended false once a call succeeds again, as after signing in from another tab */
export function reportSession(ended: boolean): void {
  if (ended === hasEnded) return;
  hasEnded = ended;
  listeners.forEach((tell) => tell());
}

/** The polling interval; false if no poll is needed or the session has ended. */
export const pollEvery = (intervalMs: number, isNeeded: boolean): number | false =>
  isNeeded && !hasEnded ? intervalMs : false;

export const hasSessionEnded = (): boolean => hasEnded;

/** @returns the unsubscribe function */
export function onSessionEnd(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
