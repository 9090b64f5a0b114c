import { Refusal } from "@/lib/platform/errors";

/**
 * Whether the browser says that the request comes from a page of this origin. A request with a session cookie
 * but no origin doesn't count, because current browsers always send one.
 * @param consoleUrl the console's URL. At its host the scheme must match too, because anyone could have
 * served a page over http. At another host, such as localhost for 127.0.0.1, only the proxy in front knows
 * the scheme.
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

/** Whether the browser says that another origin's page led here. A typed URL has no origin. */
export function isFromElsewhere(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  return site === "cross-site" || site === "same-site";
}

/**
 * Whether the browser says that the request comes from another origin's page. A request without an origin
 * comes from a script, because browsers send the origin of every change.
 */
export const isFromForeignPage = (headers: Headers, consoleUrl: string): boolean =>
  (headers.has("origin") || headers.has("sec-fetch-site")) && !isSameOrigin(headers, consoleUrl);

/** The Host header's host as a URL writes it: in lower case, without the default port. */
function readHost(host: string | null, protocol: string): string | undefined {
  const address = `${protocol}//${host ?? ""}`;
  if (host === null || /[/\\?#@\s]/.test(host) || !URL.canParse(address)) return undefined;
  return hostOf(new URL(address));
}

/** A trailing dot (the DNS root) doesn't change a host name. */
const hostOf = ({ hostname, port }: URL): string => `${hostname.replace(/\.$/, "")}:${port}`;

/** The refusal of a change sent by a foreign page. */
export function crossOrigin(): Refusal {
  const msg = "Browsers may send changes only from the console's own pages.";
  return new Refusal("PERMISSION_DENIED", {
    errors: [{ type: "cross_origin_request", loc: ["header", "origin"], msg }],
  });
}
