import { randomBytes } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** Where a page's own inline scripts find the word that lets them run. */
export const NONCE_HEADER = "x-nonce";

/** What every answer tells a browser that came by https: never to come by http again. */
export const transportHeaders = (isHttps: boolean): Record<string, string> =>
  isHttps ? { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" } : {};

type Options = { isHttps: boolean; isDevelopment: boolean };

/**
 * What a browser is told about a page: run no script but ours, load nothing from elsewhere, never be framed, and tell
 * no other site the address, which may hold a customer's reference. The framework reads the nonce from the policy on
 * the request, so it is put there too; whatever a caller sent in its place is overwritten.
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
