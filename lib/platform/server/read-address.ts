import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** `203.0.113.9:50000` and `[2001:db8::1]:443`, the forms of Azure, IIS and HAProxy. */
const WITH_PORT = /^(?:\[([^\]]*)\]|([^:]*))(?::\d{1,5})?$/;

const WITH_ZONE = /^([^%]*)(?:%(.*))?$/s;
const ZONE = /^[\w.:%-]+$/;

/**
 * Parses an IP address in any form that proxies write: quoted, bracketed, with a port or a zone, or IPv4
 * mapped into IPv6.
 * @returns its canonical form, or undefined for anything else, such as `unknown` and `_hidden` (RFC 7239)
 */
export function readAddress(text: string): string | undefined {
  const bare = text.trim().replace(/^"(.*)"$/, "$1");
  const [, bracketed, plain] = WITH_PORT.exec(bare) ?? [];
  const [, address = "", zone] = WITH_ZONE.exec(bracketed ?? plain ?? bare)!;
  if (zone !== undefined && !ZONE.test(zone)) return undefined;
  // Stricter than the library, which accepts 1 and 010.1 as addresses.
  const family = isIP(address);
  if (family === 0 || !ipaddr.isValid(address) || (bracketed !== undefined && family !== 6)) return undefined;
  return ipaddr.process(address).toString();
}
