import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** `203.0.113.9:50000` and `[2001:db8::1]:443`, as Azure, IIS and HAProxy write a client with its port. */
const WITH_PORT = /^(?:\[([^\]]*)\]|([^:]*))(?::\d{1,5})?$/;

/**
 * An address in its canonical form, out of whatever a proxy writes: quoted, in brackets, with a port or a zone, or an
 * IPv4 address in IPv6's clothes.
 * @returns undefined for what is no address, such as `unknown` and `_hidden` (RFC 7239)
 */
export function readAddress(text: string): string | undefined {
  const bare = text.trim().replace(/^"(.*)"$/, "$1");
  const [, bracketed, plain] = WITH_PORT.exec(bare) ?? [];
  const address = (bracketed ?? plain ?? bare).replace(/%[\w.:%-]+$/, "");
  // Stricter than the library, to which 1 and 010.1 are addresses as well.
  const family = isIP(address);
  if (family === 0 || !ipaddr.isValid(address) || (bracketed !== undefined && family !== 6)) return undefined;
  return ipaddr.process(address).toString();
}
