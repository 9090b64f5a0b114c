import type { IncomingHttpHeaders } from "node:http";

const FORWARDING = [
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
  "forwarded",
];

/**
 * Leaves in X-Forwarded-For the one address that is believed: the caller's as seen by the outermost of the trusted
 * proxies, or the socket's own when there are none. Anything else that claims to be forwarded is the caller's invention.
 */
export function setClientIp(
  headers: IncomingHttpHeaders,
  socketAddress: string | undefined,
  trustedProxies: number,
): void {
  const claimed = String(headers["x-forwarded-for"] ?? "")
    .split(",")
    .map((address) => address.trim())
    .filter(Boolean);
  const hops = [...claimed, socketAddress ?? ""];
  const believed = hops[Math.max(0, hops.length - 1 - trustedProxies)] ?? "";
  if (trustedProxies === 0) for (const name of FORWARDING) delete headers[name];
  headers["x-forwarded-for"] = believed.replace(/^::ffff:(?=\d+\.)/i, "");
}
