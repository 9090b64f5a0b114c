import type { IncomingHttpHeaders } from "node:http";
import { expect, test } from "vitest";
import { pageHeaders, transportHeaders } from "./page-headers";

const PRODUCTION = { isHttps: true, isDevelopment: false };

test("a page runs only scripts that carry this answer's nonce, and is never framed", () => {
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

test("a nonce or policy that the caller sent is overwritten", () => {
  const request: IncomingHttpHeaders = { "x-nonce": "mine", "content-security-policy": "script-src *" };
  const headers = pageHeaders(request, PRODUCTION);
  expect(request["x-nonce"]).not.toBe("mine");
  expect(request["content-security-policy"]).toBe(headers["Content-Security-Policy"]);
});

test("only a console that is reached by https asks to be reached so for ever", () => {
  const name = "Strict-Transport-Security";
  expect(pageHeaders({}, PRODUCTION)).toHaveProperty(name, expect.stringContaining("includeSubDomains"));
  expect(transportHeaders(true)).toHaveProperty(name);
  expect(transportHeaders(false)).toEqual({});
  expect(pageHeaders({}, { ...PRODUCTION, isHttps: false })).not.toHaveProperty("Strict-Transport-Security");
});
