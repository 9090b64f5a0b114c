/** How long a reveal lasts. */
export const REVEAL_MINUTES = 15;

/** @returns the end of a reveal that starts at this time */
export const endOfReveal = (at: Date): Date => new Date(at.getTime() + REVEAL_MINUTES * 60_000);
