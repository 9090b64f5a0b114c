/** The server's clock as this page knows it: a moment of the server's, and when that was on the clock that nobody sets. */
let base: { serverMs: number; at: number } | undefined;

/** @returns the server's time in milliseconds, whatever the computer's clock says and however it is set meanwhile */
export const serverNow = (): number => (base ? base.serverMs + performance.now() - base.at : Date.now());

/**
 * Tells that the server's time is now within these bounds. Inside them what is known stays: a header names whole seconds only.
 * The first time the computer's own clock is believed as far as the bounds allow.
 */
export function noteServerTime(fromMs: number, toMs: number): void {
  const known = serverNow();
  const now = Math.max(fromMs, Math.min(known, toMs));
  if (!base || now !== known) base = { serverMs: now, at: performance.now() };
}

/** How precise a `Date` header is, and how long a busy server may go on sending the last second's. */
const HEADER_MS = 2_000;

/** @param sentAt when the request left, by `performance.now()` */
export function noteAnswerTime(headers: Headers, sentAt: number): void {
  const header = headers.get("date") ?? "";
  const date = header.endsWith("GMT") ? Date.parse(header) : Number.NaN;
  if (!Number.isNaN(date)) noteServerTime(date, date + HEADER_MS + performance.now() - sentAt);
}

/** More than timers are late. */
const JUMP_MS = 3_000;
let drift: number | undefined;

/**
 * Asks the server for its time if the computer's two clocks went apart since the last check: the clock was set, or the
 * computer slept, during which `performance.now()` stands still in some browsers. Only the server can tell which.
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
    // Without a connection the next answer tells the time.
  }
}
