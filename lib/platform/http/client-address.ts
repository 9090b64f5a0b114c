/** The server process sets X-Forwarded-For to the one address that it believes (`scripts/serve.ts`). */
export const readClientAddress = (headers: Headers): string | null => headers.get("x-forwarded-for");

/** Kept for people to read; cut, because a caller may send any length. */
export const readUserAgent = (headers: Headers): string | null =>
  headers.get("user-agent")?.slice(0, 400) ?? null;
