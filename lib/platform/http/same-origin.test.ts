import { expect, test } from "vitest";
import { isFromForeignPage, isSameOrigin } from "./same-origin";

const host = "console.example";
const same = "https://console.example";

test.each([
  [{ origin: same, "sec-fetch-site": "same-origin" }, true],
  [{ origin: same }, true],
  [{ "sec-fetch-site": "same-origin" }, true],
  [{}, false],
  [{ origin: "null" }, false],
  [{ origin: "" }, false],
  [{ origin: "console.example" }, false],
  [{ origin: "https://console.example.evil.example" }, false],
  [{ origin: "https://evil.example/console.example" }, false],
  [{ origin: "https://console.example:444" }, false],
  [{ origin: "http://console.example" }, false],
  [{ origin: "http://console.example", "sec-fetch-site": "same-origin" }, false],
  [{ origin: "https://sub.console.example" }, false],
  [{ origin: "https://evil.example", "sec-fetch-site": "same-origin" }, false],
  [{ origin: same, "sec-fetch-site": "same-site" }, false],
  [{ origin: same, "sec-fetch-site": "cross-site" }, false],
  [{ "sec-fetch-site": "none" }, false],
  [{ "sec-fetch-site": "" }, false],
] as [Record<string, string>, boolean][])("%j: %s", (claims, expected) => {
  expect(isSameOrigin(new Headers({ host, ...claims }), same)).toBe(expected);
});

test("no host: never the same origin", () => {
  expect(isSameOrigin(new Headers({ origin: same }), same)).toBe(false);
});

test.each([
  ["127.0.0.1:3000", "http://127.0.0.1:3000", true],
  ["127.0.0.1:3000", "http://localhost:3000", false],
  ["localhost:3000", "https://localhost:3000", false],
  ["localhost:3000", "http://localhost:3000", true],
])("console http://localhost:3000 opened at %s, request from a page of %s: %s", (host, origin, expected) => {
  expect(isSameOrigin(new Headers({ host, origin }), "http://localhost:3000")).toBe(expected);
});

test.each([
  ["console.example:443", "https://console.example", true],
  ["console.example", "https://console.example:443", true],
  ["CONSOLE.example", "https://console.example", true],
  ["console.example.", "https://console.example", true],
  ["console.example", "https://console.example.", true],
  ["console.example.:443", "https://CONSOLE.example.", true],
  ["console.example:80", "https://console.example", false],
  ["console.example:8443", "https://console.example", false],
  ["console.example", "http://console.example.", false],
  ["console.example:443", "http://console.example", false],
  ["console.example:80", "http://console.example", false],
  ["other.example:80", "http://other.example", true],
  ["[2001:db8::1]", "http://[2001:db8::1]", true],
  ["[2001:DB8:0::1]:80", "http://[2001:db8::1]", true],
  ["[2001:db8::1]:81", "http://[2001:db8::1]", false],
  ["console.example/x", "https://console.example", false],
  ["evil.example@console.example", "https://console.example", false],
  ["console.example, evil.example", "https://console.example", false],
  ["", "https://console.example", false],
])("console https://console.example, Host %j, request from a page of %s: %s", (host, origin, expected) => {
  expect(isSameOrigin(new Headers({ host, origin }), same)).toBe(expected);
});

test.each([
  [{}, false],
  [{ origin: same }, false],
  [{ "sec-fetch-site": "same-origin" }, false],
  [{ origin: "https://evil.example" }, true],
  [{ origin: "null" }, true],
  [{ "sec-fetch-site": "cross-site" }, true],
  [{ "sec-fetch-site": "none" }, true],
] as [Record<string, string>, boolean][])("foreign page for %j: %s", (claims, expected) => {
  expect(isFromForeignPage(new Headers({ host, ...claims }), same)).toBe(expected);
});
