const SHORTEST_MS = 1_000;
const LONGEST_MS = 24 * 3_600_000;

/**
 * RFC 9110's preferred form, such as "Sun, 29 Nov 2026 16:00:00 GMT". Date.parse alone would accept far too
 * much.
 */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Parses a Retry-After header (RFC 9110, 10.2.3): seconds, or a date.
 * @returns how long to wait in ms, at most a day; undefined if missing, past or invalid
 */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  const ms = /^\d{1,10}$/.test(text)
    ? Number(text) * 1_000
    : HTTP_DATE.test(text)
      ? Date.parse(text) - now
      : Number.NaN;
  return ms >= SHORTEST_MS ? Math.min(ms, LONGEST_MS) : undefined;
}
