import { Refusal } from "@/lib/platform/errors";

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
  const host = readHost(headers.get("host"), page.protocol);
  if (host === undefined || hostOf(page) !== host) return false;
  return hostOf(page) !== hostOf(own) || page.protocol === own.protocol;
}

/** Whether a browser says that a page of another origin sent it here. An address that was typed in comes from nowhere. */
export function isFromElsewhere(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  return site === "cross-site" || site === "same-site";
}

/**
 * Whether a browser says that it comes from a page of another origin. One that says nothing about its origin is a script:
 * every browser names the origin of a change.
 */
export const isFromForeignPage = (headers: Headers, consoleUrl: string): boolean =>
  (headers.has("origin") || headers.has("sec-fetch-site")) && !isSameOrigin(headers, consoleUrl);

/** The host of a Host header as a URL of that scheme has it: in lower case, and without the port that needs no saying. */
function readHost(host: string | null, protocol: string): string | undefined {
  const address = `${protocol}//${host ?? ""}`;
  if (host === null || /[/\\?#@\s]/.test(host) || !URL.canParse(address)) return undefined;
  return hostOf(new URL(address));
}

/** A name with the dot of the root is the same name. */
const hostOf = ({ hostname, port }: URL): string => `${hostname.replace(/\.$/, "")}:${port}`;

/** What a change from a foreign page is answered. */
export function crossOrigin(): Refusal {
  const msg = "A change from a browser must come from the console's own pages.";
  return new Refusal("PERMISSION_DENIED", {
    errors: [{ type: "cross_origin_request", loc: ["header", "origin"], msg }],
  });
}
