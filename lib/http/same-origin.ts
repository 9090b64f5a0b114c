/**
 * Whether a browser says that the request comes from a page of this very origin. A request that carries a session
 * cookie and says nothing about its origin does not count: no browser of today sends one.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const origin = headers.get("origin");
  if (origin === null) return site === "same-origin";
  const host = headers.get("host");
  return URL.canParse(origin) && new URL(origin).host === host;
}
