import ipaddr from "ipaddr.js";

/**
 * Identifies a client for rate limits: an IPv4 address, or the 64-bit prefix of an IPv6 address, within which
 * a subscriber can change addresses at will.
 * @returns undefined for anything but an address, because clients without one have nothing in common
 */
export function addressBlock(address: string | null): string | undefined {
  if (address === null || !ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6 ? `${parsed.parts.slice(0, 4).join(":")}/64` : parsed.toString();
}

/**
 * Identifies a network: a /24 of IPv4, a /48 of IPv6. A flood can use many addresses of one network. Clients
 * without an address share one.
 */
export function networkOf(address: string | null): string {
  if (address === null || !ipaddr.isValid(address)) return "unknown";
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6
    ? `${parsed.parts.slice(0, 3).join(":")}/48`
    : `${parsed.octets.slice(0, 3).join(".")}/24`;
}
