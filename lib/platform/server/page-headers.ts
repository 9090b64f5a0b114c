import { randomBytes } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** Passes the nonce to the page's own inline scripts. */
export const NONCE_HEADER = "x-nonce";

/** HSTS: makes browsers that came over https never use http again. */
const transportHeaders = (isHttps: boolean): Record<string, string> =>
  isHttps ? { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" } : {};

/** CORP: no other site's page can load a response, such as in an `<img>` to measure it. */
const RESOURCE_POLICY = { "Cross-Origin-Resource-Policy": "same-origin" };

/** An API response's security headers: opened in a browser, it runs and loads nothing. */
export const apiHeaders = (isHttps: boolean): Record<string, string> => ({
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  ...RESOURCE_POLICY,
  ...transportHeaders(isHttps),
});

type Options = { isHttps: boolean; isDevelopment: boolean };

/**
 * A page's security headers (decision 058): only our scripts and stylesheets, nothing from elsewhere, never
 * framed, and no referrer, because the URL may contain a customer's reference. Next reads the nonce from the
 * policy on the request, so set it there too, overwriting the client's.
 */
export function pageHeaders(
  request: IncomingHttpHeaders,
  { isHttps, isDevelopment }: Options,
): Record<string, string> {
  const nonce = randomBytes(16).toString("base64");
  const policy = [
    "default-src 'self'",
    ...(isDevelopment ? developmentRules(nonce) : productionRules(nonce)),
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  request["content-security-policy"] = policy;
  request[NONCE_HEADER] = nonce;
  return {
    "Content-Security-Policy": policy,
    "Cross-Origin-Opener-Policy": "same-origin",
    ...RESOURCE_POLICY,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    ...transportHeaders(isHttps),
  };
}

const productionRules = (nonce: string): string[] => [
  `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
  "style-src 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types default",
];

/** Hot reloading evaluates scripts, and writes styles and HTML into the page. */
const developmentRules = (nonce: string): string[] => [
  `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'unsafe-eval'`,
  "style-src 'self' 'unsafe-inline'",
];
