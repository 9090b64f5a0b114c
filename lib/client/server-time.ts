/** The last server time known, and when that was on `performance.now()`, which can't be set. */
let base: { serverMs: number; at: number } | undefined;

/** @returns the server's time in milliseconds, independent of the computer's clock */
export const serverNow = (): number => (base ? base.serverMs + performance.now() - base.at : Date.now());

/**
 * Narrows the server's time to these bounds. Keeps an estimate that already fits, because the header has
 * whole seconds only. The first time, trusts the computer's clock as far as the bounds allow.
 */
export function noteServerTime(fromMs: number, toMs: number): void {
  const known = serverNow();
  const now = Math.max(fromMs, Math.min(known, toMs));
  if (!base || now !== known) base = { serverMs: now, at: performance.now() };
}

/** The `Date` header's precision, plus how long a busy server may repeat the last second's value. */
const HEADER_MS = 2_000;

/** @param sentAt when the request was sent, by `performance.now()` */
export function noteAnswerTime(headers: Headers, sentAt: number): void {
  const header = headers.get("date") ?? "";
  const date = header.endsWith("GMT") ? Date.parse(header) : Number.NaN;
  if (!Number.isNaN(date)) noteServerTime(date, date + HEADER_MS + performance.now() - sentAt);
}

/** Longer than any timer is late. */
const JUMP_MS = 3_000;
let drift: number | undefined;

/**
 * Asks the server for its time if the computer's two clocks drifted apart: either someone set the clock, or
 * the computer slept, which stops `performance.now()` in some browsers. Only the server can tell which.
 */
export function checkForJump(): void {
  const now = Date.now() - performance.now();
  const hasJumped = drift !== undefined && Math.abs(now - drift) > JUMP_MS;
  if (drift === undefined || hasJumped) drift = now;
  if (hasJumped) void measure();
}

async function measure(): Promise<void> {
  const sentAt = performance.now();
  try {
    const { headers } = await fetch("/v1/health", { method: "HEAD", cache: "no-store" });
    noteAnswerTime(headers, sentAt);
  } catch {
    // Offline: the next response corrects the time.
  }
}
