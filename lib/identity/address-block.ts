import ipaddr from "ipaddr.js";

/**
 * What counts as one client for a limit: an IPv4 address, or the 64 bits of an IPv6 address that a subscriber is given
 * as a whole and may change the rest of at will.
 * @returns undefined for what is no address: those who have none have nothing in common
 */
export function addressBlock(address: string | null): string | undefined {
  if (address === null || !ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6 ? `${parsed.parts.slice(0, 4).join(":")}/64` : parsed.toString();
}
