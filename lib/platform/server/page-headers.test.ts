import type { IncomingHttpHeaders } from "node:http";
import { expect, test } from "vitest";
import { apiHeaders, pageHeaders } from "./page-headers";

const PRODUCTION = { isHttps: true, isDevelopment: false };

test("page: runs only scripts with its response's nonce and no inline style, and is never framed", () => {
  const request: IncomingHttpHeaders = {};
  const headers = pageHeaders(request, PRODUCTION);
  const nonce = String(request["x-nonce"]);
  expect(nonce.length).toBeGreaterThan(20);
  expect(headers["Content-Security-Policy"]).toContain(
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'; style-src 'self'; require-trusted-types-for 'script';`,
  );
  expect(headers["Content-Security-Policy"]).not.toMatch(/unsafe|\*|https?:/);
  expect(headers).toMatchObject({ "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin" });
  expect(headers).toMatchObject({
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
  });
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
  expect(apiHeaders(true)).toHaveProperty(name);
  expect(apiHeaders(false)).not.toHaveProperty(name);
  expect(pageHeaders({}, { ...PRODUCTION, isHttps: false })).not.toHaveProperty("Strict-Transport-Security");
});

test("API response: loads and runs nothing, and no other site can embed it", () => {
  expect(apiHeaders(false)).toEqual({
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
  });
});

test("development: allows what hot reloading needs", () => {
  const policy = pageHeaders({}, { isHttps: false, isDevelopment: true })["Content-Security-Policy"];
  expect(policy).toContain("'unsafe-eval'; style-src 'self' 'unsafe-inline'");
  expect(policy).not.toContain("trusted-types");
});
