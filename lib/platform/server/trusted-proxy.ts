import { PROXY_ADDRESS_HEADER } from "@/lib/platform/http/internal-headers";
import type { IncomingHttpHeaders } from "node:http";
import { log } from "@/lib/platform/log";
import { readAddress } from "./read-address";

const FORWARDING = [
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
  "forwarded",
];

let hasWarned = false;

/**
 * Leaves in X-Forwarded-For the one address that is believed, in its canonical form: the caller's as seen by the outermost
 * of the trusted proxies, or the socket's own when there are none. Anything else that claims to be forwarded is the
 * caller's invention. Where the proxies name no address, the nearest one that is known stands in.
 */
export function setClientIp(
  headers: IncomingHttpHeaders,
  socketAddress: string | undefined,
  trustedProxies: number,
): void {
  const claimed = trustedProxies === 0 ? [] : readHops(headers);
  const hops = [...claimed, socketAddress ?? ""];
  const trusted = hops.slice(Math.max(0, hops.length - 1 - trustedProxies)).map(readAddress);
  const isKnown = trustedProxies === 0 || (claimed.length > 0 && trusted[0] !== undefined);
  if (!isKnown) warn();
  if (trustedProxies === 0) for (const name of FORWARDING) delete headers[name];
  delete headers[PROXY_ADDRESS_HEADER];
  if (!isKnown) headers[PROXY_ADDRESS_HEADER] = "true";
  headers["x-forwarded-for"] = trusted.find((address) => address !== undefined) ?? "";
}

/** Split at every comma, quoted or not: a quote that the caller left open must not swallow what a proxy added. */
const split = (text: string, separator: "," | ";"): string[] =>
  text
    .split(separator)
    .map((part) => part.trim())
    .filter(Boolean);

/** The hops of X-Forwarded-For, or of RFC 7239's Forwarded where only that is sent; the nearest is last. */
function readHops(headers: IncomingHttpHeaders): string[] {
  const claimed = split(String(headers["x-forwarded-for"] ?? ""), ",");
  if (claimed.length > 0) return claimed;
  return split(headers.forwarded ?? "", ",").map((element) => {
    const pair = split(element, ";").find((part) => /^for\s*=/i.test(part));
    return pair?.slice(pair.indexOf("=") + 1) ?? "";
  });
}

/** Once: it is a matter of the set-up, and every request would say it again. */
function warn(): void {
  if (hasWarned) return;
  hasWarned = true;
  log.warn(
    "the proxy sends no address that can be read: have it write the client's into X-Forwarded-For, " +
      "or set TRUSTED_PROXIES to the number of proxies",
  );
}
