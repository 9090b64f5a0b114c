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
 * Trusted proxy: reduces X-Forwarded-For to the one trusted address, in canonical form: the client's as the
 * outermost trusted proxy saw it, or the socket's if there are no proxies. Removes all other forwarding
 * headers, which could be forged. If the proxies name no address, the nearest known one counts.
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

/**
 * Splits at every comma, even a quoted one: a quote that the client left open must not swallow what a proxy
 * added.
 */
const split = (text: string, separator: "," | ";"): string[] =>
  text
    .split(separator)
    .map((part) => part.trim())
    .filter(Boolean);

/** The hops of X-Forwarded-For, or of RFC 7239's Forwarded if only that is sent; the nearest is last. */
function readHops(headers: IncomingHttpHeaders): string[] {
  const claimed = split(String(headers["x-forwarded-for"] ?? ""), ",");
  if (claimed.length > 0) return claimed;
  return split(headers.forwarded ?? "", ",").map((element) => {
    const pair = split(element, ";").find((part) => /^for\s*=/i.test(part));
    return pair?.slice(pair.indexOf("=") + 1) ?? "";
  });
}

/** Logged once, because it is a configuration problem that every request would repeat. */
function warn(): void {
  if (hasWarned) return;
  hasWarned = true;
  log.warn(
    "the proxy sends no readable client address: configure it to write X-Forwarded-For, " +
      "or set TRUSTED_PROXIES to the number of proxies",
  );
}
