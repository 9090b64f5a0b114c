import { randomBytes } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** Passes the nonce to the page's own inline scripts. */
export const NONCE_HEADER = "x-nonce";

/** HSTS: makes browsers that came over https never use http again. */
export const transportHeaders = (isHttps: boolean): Record<string, string> =>
  isHttps ? { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" } : {};

type Options = { isHttps: boolean; isDevelopment: boolean };

/**
 * A page's security headers: only our scripts, nothing from elsewhere, never framed, and no referrer, because
 * the URL may contain a customer's reference. Next reads the nonce from the policy on the request, so set it
 * there too, overwriting the client's.
 */
export function pageHeaders(
  request: IncomingHttpHeaders,
  { isHttps, isDevelopment }: Options,
): Record<string, string> {
  const nonce = randomBytes(16).toString("base64");
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
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
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    ...transportHeaders(isHttps),
  };
}
