import type { IncomingMessage } from "node:http";

/** A name, an IPv4 address or an IPv6 address in brackets, each with or without a port. */
const HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;
const AUTHORITY = /^https?:\/\/([^/?#]*)/i;

/**
 * Says why nobody can tell which host a request is for: another server on the way might take another one.
 * @returns a sentence, or undefined when there is one host
 */
export function explainHost({ headersDistinct, httpVersion, url = "" }: IncomingMessage): string | undefined {
  const given = headersDistinct["host"] ?? [];
  if (given.length > 1) return "The request has several Host headers; send one.";
  const [host] = given;
  if (host === undefined) return httpVersion === "1.1" ? "The request has no Host header." : undefined;
  if (!HOST.test(host)) return "The Host header is not a host name or address with an optional port.";
  const authority = AUTHORITY.exec(url)?.[1];
  if (authority === undefined || authority.toLowerCase() === host.toLowerCase()) return undefined;
  return "The address and the Host header name different hosts.";
}
