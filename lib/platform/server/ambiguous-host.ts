import type { IncomingMessage } from "node:http";

/** A name, an IPv4 address or a bracketed IPv6 address, each with or without a port. */
const HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;
const AUTHORITY = /^https?:\/\/([^/?#]*)/i;

/**
 * Explains why a request's host is ambiguous, so that servers could disagree on it.
 * @returns a sentence, or undefined if the host is clear
 */
export function explainHost({ headersDistinct, httpVersion, url = "" }: IncomingMessage): string | undefined {
  const given = headersDistinct["host"] ?? [];
  if (given.length > 1) return "The request has several Host headers. Send one.";
  const [host] = given;
  if (host === undefined) return httpVersion === "1.1" ? "The request has no Host header." : undefined;
  if (!HOST.test(host)) return "The Host header is not a host name or address with an optional port.";
  const authority = AUTHORITY.exec(url)?.[1];
  if (authority === undefined || authority.toLowerCase() === host.toLowerCase()) return undefined;
  return "The URL and the Host header name different hosts.";
}
