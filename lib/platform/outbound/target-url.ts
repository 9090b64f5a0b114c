import ipaddr from "ipaddr.js";
import { invalid } from "@/lib/platform/errors";
import type { TargetFault } from "@/lib/states/delivery";

/** Names that only ever mean a machine on the network at hand. */
const PRIVATE_NAME = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|invalid|arpa)$/;

/** Public by its class and yet a cloud's own: the address at which Azure's machines reach their host. */
const HOST_SERVICES = new Set(["168.63.129.16"]);

/** The only part of IPv6 that is given out; the rest holds, among others, IPv4 addresses in disguise. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/** Of a name in the DNS. As it is written it may be longer, but not without end: it is part of an index. */
const LONGEST_HOST = 253;
const LONGEST_AUTHORITY = 300;

export type TargetRules = {
  /** For development: http, private hosts and every port are taken too. */
  allowPrivate: boolean;
  ports: readonly number[];
};

/**
 * Where a customer wants to be called: an https address whose host isn't visibly private, at a port that is allowed. What
 * a public name resolves to is only known when a delivery connects, and checked there (`guarded-agent.ts`).
 * @param field of the request's body that holds it, such as `callback_url`
 * @throws Refusal VALIDATION_ERROR at that field
 */
export function checkTargetUrl(text: string, field: string, rules: TargetRules): void {
  const problem = findTargetProblem(text, rules);
  if (problem) throw invalid(["body", field], problem.type, `${field} ${problem.msg}`);
}

export type Problem = { type: TargetFault; msg: string };

/** @returns what is wrong with an address, or undefined; asked again before each connection */
export function findTargetProblem(text: string, { allowPrivate, ports }: TargetRules): Problem | undefined {
  // A URL parser drops or mends these, slashes before the host among them; whoever reads the stored text later may not.
  if (
    !/^https?:\/\/[^\s\\/?#][^\s\\]*$/i.test(text) ||
    /\p{Cc}/u.test(text) ||
    !text.isWellFormed() ||
    !URL.canParse(text)
  ) {
    return { type: "url_parsing", msg: "must be an absolute https address." };
  }
  const url = new URL(text);
  if (url.username !== "" || url.password !== "" || givenAuthority(text).includes("@")) {
    return { type: "url_credentials", msg: "must not contain a user name or password." };
  }
  if (url.hostname.length > LONGEST_HOST || givenAuthority(text).length > LONGEST_AUTHORITY) {
    return { type: "url_host_too_long", msg: `must name a host of at most ${LONGEST_HOST} characters.` };
  }
  if (allowPrivate) return undefined;
  if (url.protocol !== "https:") return { type: "url_scheme", msg: "must begin with https://." };
  if (!ports.includes(Number(url.port || 443))) {
    return { type: "url_port", msg: `must name the port ${ports.join(" or ")}.` };
  }
  if (!isPublicHost(url.hostname)) {
    return { type: "url_host_not_public", msg: "must name a host on the public internet." };
  }
  // `https://0x08080808` and `https://8.8.2056` are 8.8.8.8 to a parser and something else to the next one.
  if (ipaddr.IPv4.isValid(url.hostname) && !isWrittenAs(url.hostname, text)) {
    return { type: "url_host_not_public", msg: "must write an IPv4 address as four decimal numbers." };
  }
  return undefined;
}

/** @param hostname as `URL` gives it: lower case, punycode, IPv4 in decimal, IPv6 in brackets */
function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (ipaddr.isValid(host)) return isPublicAddress(host);
  return host.includes(".") && !PRIVATE_NAME.test(host);
}

/** Whether an IPv4 or IPv6 address belongs to a machine out on the internet; also for what a name resolved to. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast" || HOST_SERVICES.has(parsed.toString())) return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_UNICAST);
}

const givenAuthority = (text: string): string => /^https?:\/\/([^/?#]*)/i.exec(text)?.[1] ?? "";

const isWrittenAs = (address: string, text: string): boolean =>
  givenAuthority(text).replace(/:\d*$/, "") === address;
