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
  [{ origin: "https://sub.console.example" }, false],
  [{ origin: "https://evil.example", "sec-fetch-site": "same-origin" }, false],
  [{ origin: same, "sec-fetch-site": "same-site" }, false],
  [{ origin: same, "sec-fetch-site": "cross-site" }, false],
  [{ "sec-fetch-site": "none" }, false],
  [{ "sec-fetch-site": "" }, false],
] as [Record<string, string>, boolean][])("%j: %s", (claims, expected) => {
  expect(isSameOrigin(new Headers({ host, ...claims }))).toBe(expected);
});

test("without a host nothing is the same", () => {
  expect(isSameOrigin(new Headers({ origin: same }))).toBe(false);
});
