/**
 * Whether a browser says that the request comes from a page of this very origin. A request that carries a session
 * cookie and says nothing about its origin does not count: no browser of today sends one.
 * @param consoleUrl where people open the console: at that host the scheme counts too, as a page that came by http from
 *   it may be anyone's. At another host, such as localhost for 127.0.0.1, the proxy in front alone knows the scheme.
 */
export function isSameOrigin(headers: Headers, consoleUrl: string): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const origin = headers.get("origin");
  if (origin === null) return site === "same-origin";
  if (!URL.canParse(origin)) return false;
  const [page, own] = [new URL(origin), new URL(consoleUrl)];
  if (page.host !== headers.get("host")) return false;
  return page.host !== own.host || page.protocol === own.protocol;
}

/** Whether a browser says that a page of another origin sent it here. An address that was typed in comes from nowhere. */
export function isFromElsewhere(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  return site === "cross-site" || site === "same-site";
}
