import type { IncomingHttpHeaders } from "node:http";
import { expect, test } from "vitest";
import { pageHeaders, transportHeaders } from "./page-headers";

const PRODUCTION = { isHttps: true, isDevelopment: false };

test("page: runs only scripts with its response's nonce, and is never framed", () => {
  const request: IncomingHttpHeaders = {};
  const headers = pageHeaders(request, PRODUCTION);
  const nonce = String(request["x-nonce"]);
  expect(nonce.length).toBeGreaterThan(20);
  expect(headers["Content-Security-Policy"]).toContain(
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic';`,
  );
  expect(headers).toMatchObject({ "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin" });
  expect(pageHeaders({}, PRODUCTION)["Content-Security-Policy"]).not.toContain(nonce);
});

test("nonce or policy from the client: overwritten", () => {
  const request: IncomingHttpHeaders = { "x-nonce": "mine", "content-security-policy": "script-src *" };
  const headers = pageHeaders(request, PRODUCTION);
  expect(request["x-nonce"]).not.toBe("mine");
  expect(request["content-security-policy"]).toBe(headers["Content-Security-Policy"]);
});

test("HSTS: only for a console reached over https", () => {
  const name = "Strict-Transport-Security";
  expect(pageHeaders({}, PRODUCTION)).toHaveProperty(name, expect.stringContaining("includeSubDomains"));
  expect(transportHeaders(true)).toHaveProperty(name);
  expect(transportHeaders(false)).toEqual({});
  expect(pageHeaders({}, { ...PRODUCTION, isHttps: false })).not.toHaveProperty("Strict-Transport-Security");
});
