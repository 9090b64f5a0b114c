import { expect, test } from "vitest";
import { compareWithEnvelope, formatRatio } from "./envelope";

const envelope = { p50Ms: 12_000, p95Ms: 30_000 };

test.each([
  [12_000, "within the p50 (12 s) of"],
  [12_001, "within the p95 (30 s) of"],
  [30_000, "within the p95 (30 s) of"],
  [250_000, "8.3 × the p95 of"],
])("%d ms is %s a model", (elapsedMs, words) => {
  expect(compareWithEnvelope(elapsedMs, envelope)).toBe(words);
});

test("a ratio is never rounded up", () => {
  expect([1.09, 9.99, 47.9].map(formatRatio)).toEqual(["1.0", "9.9", "47"]);
});
