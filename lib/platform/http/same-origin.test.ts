import { expect, test } from "vitest";
import { isSameOrigin } from "./same-origin";

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

test("without a host nothing is the same", () => {
  expect(isSameOrigin(new Headers({ origin: same }), same)).toBe(false);
});

test.each([
  ["127.0.0.1:3000", "http://127.0.0.1:3000", true],
  ["127.0.0.1:3000", "http://localhost:3000", false],
  ["localhost:3000", "https://localhost:3000", false],
  ["localhost:3000", "http://localhost:3000", true],
])("a console of http://localhost:3000 opened at %s, a page of %s: %s", (host, origin, expected) => {
  expect(isSameOrigin(new Headers({ host, origin }), "http://localhost:3000")).toBe(expected);
});
