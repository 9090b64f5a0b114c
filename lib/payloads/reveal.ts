/** How long a reveal lasts. */
export const REVEAL_MINUTES = 15;

/** @returns when a reveal of that moment is over */
export const endOfReveal = (at: Date): Date => new Date(at.getTime() + REVEAL_MINUTES * 60_000);
