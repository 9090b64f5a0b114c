import ipaddr from "ipaddr.js";
import { invalid } from "@/lib/platform/errors";
import type { TargetFault } from "@/lib/states/delivery";

/** Names that always mean a machine on the local network. */
const PRIVATE_NAME = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|invalid|arpa)$/;

/** Public by class, but special on Azure, whose machines reach their host there. */
const HOST_SERVICES = new Set(["168.63.129.16"]);

/** The only allocated part of IPv6; the rest includes IPv4 addresses in disguise. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/** A DNS name's limit. Longer spellings exist, but an index contains the host. */
const LONGEST_HOST = 253;
const LONGEST_AUTHORITY = 300;

export type TargetRules = {
  /** For development: also accepts http, private hosts and any port. */
  allowPrivate: boolean;
  ports: readonly number[];
};

/**
 * Accepts a customer's https URL with an allowed port and a host that isn't obviously private. The address
 * that a public name resolves to is checked when a delivery connects (`guarded-agent.ts`).
 * @param field the body's field with the URL, such as `callback_url`
 * @throws Refusal VALIDATION_ERROR at that field
 */
export function checkTargetUrl(text: string, field: string, rules: TargetRules): void {
  const problem = findTargetProblem(text, rules);
  if (problem) throw invalid(["body", field], problem.type, `${field} ${problem.msg}`);
}

export type Problem = { type: TargetFault; msg: string };

/** @returns the URL's fault, or undefined; checked again before each connection */
export function findTargetProblem(text: string, { allowPrivate, ports }: TargetRules): Problem | undefined {
  // A URL parser drops or fixes these, but another reader of the stored text may not.
  if (
    !/^https?:\/\/[^\s\\/?#][^\s\\]*$/i.test(text) ||
    /\p{Cc}/u.test(text) ||
    !text.isWellFormed() ||
    !URL.canParse(text)
  ) {
    return { type: "url_parsing", msg: "must be an absolute https URL." };
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
  // `https://0x08080808` and `https://8.8.2056` are 8.8.8.8 to this parser, but perhaps not to another.
  if (ipaddr.IPv4.isValid(url.hostname) && !isWrittenAs(url.hostname, text)) {
    return { type: "url_host_not_public", msg: "must write an IPv4 address as four decimal numbers." };
  }
  return undefined;
}

/** @param hostname in `URL`'s form: lower case, punycode, decimal IPv4, bracketed IPv6 */
function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (ipaddr.isValid(host)) return isPublicAddress(host);
  return host.includes(".") && !PRIVATE_NAME.test(host);
}

/** Whether an IPv4 or IPv6 address is on the public internet; also used for resolved names. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast" || HOST_SERVICES.has(parsed.toString())) return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_UNICAST);
}

const givenAuthority = (text: string): string => /^https?:\/\/([^/?#]*)/i.exec(text)?.[1] ?? "";

const isWrittenAs = (address: string, text: string): boolean =>
  givenAuthority(text).replace(/:\d*$/, "") === address;
